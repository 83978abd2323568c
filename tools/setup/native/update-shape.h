// What the kernels of an optimizer's update are told. All arrays are float32.
#pragma once
#include <cstddef>

namespace tandem {

enum class Rule { kAdam, kMomentum, kDescent };

constexpr int slots_of(Rule rule) { return rule == Rule::kAdam ? 2 : rule == Rule::kMomentum ? 1 : 0; }
/** Adam: β₁ᵗ, β₂ᵗ, η, β₁, β₂, ε; momentum: η, μ; descent: η. */
constexpr int scalars_of(Rule rule) { return rule == Rule::kAdam ? 6 : rule == Rule::kMomentum ? 2 : 1; }

struct Update {
  Rule rule;
  /** Steps go by where the momentum leads to, not by where it is. */
  bool nesterov;
  float* variable;
  /** Adam: m and v; momentum: the velocity. As long as the variable, and changed in place as it is. */
  float* slots[2];
  /** As `scalars_of` has them. */
  const float* scalars;
  /** Factor on the variable before the step: 1 without weight decay. */
  float keep;
};

/** The gradient of a variable of I rows and O columns as the product that it is: xᵀ · dy. */
struct Product {
  const float* x;   // [B, I]
  const float* dy;  // [B, O]
  size_t batch, rows, columns;
};

}  // namespace tandem
