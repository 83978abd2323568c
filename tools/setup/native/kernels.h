// The kernels of our ops, compiled for several sets of processor instructions, and the choice among them.
#pragma once
#include <cstring>
#include "recurrent-shape.h"
#include "update-shape.h"

namespace tandem {

/** The work for examples [begin, end) and for elements, compiled once per set of processor instructions. */
struct Kernels {
  /** Columns of one tile of packed weights. */
  int tile;
  /** Units of one vector, and so of one tile of a cell with four slots. */
  int lanes;
  void (*forward)(const Forward&, int begin, int end);
  /** Adds the gradients of weights into `sums`: F + H rows and one of biases, each slots · H wide. */
  void (*backward)(const Backward&, int begin, int end, float* sums, float* scratch);
  /** Floats that one call of `backward` needs as scratch. */
  size_t (*backward_scratch)(const Shape&);
  /** y = tanh(x) and y = 1 / (1 + e^−x) as the cells compute them, for their test. */
  void (*activate)(const float* x, float* tanh, float* sigmoid, int count);
  /** One step of an optimizer for elements [begin, end), in place. */
  void (*update)(const Update&, const float* gradient, size_t begin, size_t end);
  /** The same for rows [begin, end) of a matrix, with the product computed on the way; `block`: `rows` rows of it. */
  void (*update_by_product)(const Update&, const Product&, size_t begin, size_t end, float* block);
  /** Rows of a register block. */
  int rows;
};

// Four floats at a time: any processor of the architecture.
namespace baseline {
#define TANDEM_LANES 4
#define TANDEM_ROWS 3
#include "instruction-set.h"
#undef TANDEM_LANES
#undef TANDEM_ROWS
}  // namespace baseline

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace avx2 {
#define TANDEM_LANES 8
#define TANDEM_ROWS 3
#include "instruction-set.h"
#undef TANDEM_LANES
#undef TANDEM_ROWS
}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq,prefer-vector-width=512")
namespace avx512 {
#define TANDEM_LANES 16
#define TANDEM_ROWS 6
#include "instruction-set.h"
#undef TANDEM_LANES
#undef TANDEM_ROWS
}  // namespace avx512
#pragma GCC pop_options
#endif

/**
 * @param wanted "best", or the name of a set for tests.
 * @returns null where this processor lacks it.
 */
inline const Kernels* kernels_for(const char* wanted) {
  const bool best = std::strcmp(wanted, "best") == 0;
#if defined(__x86_64__)
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                          __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
  if (has_avx512 && (best || std::strcmp(wanted, "avx512") == 0)) return &avx512::kernels;
  if (has_avx2 && (best || std::strcmp(wanted, "avx2") == 0)) return &avx2::kernels;
#endif
  return best || std::strcmp(wanted, "baseline") == 0 ? &baseline::kernels : nullptr;
}

}  // namespace tandem
