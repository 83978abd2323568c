// TandemUpdate and TandemProductUpdate: one step of an optimizer for one variable, or for a part of it where several threads
// share the work. The second takes the factors of the gradient's product in place of the gradient, which then never exists
// as a whole.
//
// TensorFlow's C interface gives kernels no variables, but the tensor that ReadVariableOp puts out is the variable's own
// memory, and these ops write there. Whoever puts them into a graph must see to it that everything which uses the values
// from before has run, and that no other tensor shares the memory for longer: see `fused-update.ts`.
#pragma once
#include <string>
#include <vector>

#include "call.h"
#include "shards.h"

namespace tandem {

struct MadeUpdate {
  Rule rule;
  bool nesterov, decay;
  int part, parts;
  const Kernels* kernels;
  static MadeUpdate with(Construction& construction);
};

inline Rule rule_of(const std::string& name) {
  if (name == "adam") return Rule::kAdam;
  if (name == "momentum") return Rule::kMomentum;
  if (name == "descent") return Rule::kDescent;
  throw Failure{"there is no rule \"" + name + "\""};
}

inline MadeUpdate MadeUpdate::with(Construction& c) {
  const Rule rule = rule_of(c.text("rule"));
  const int part = c.whole("part"), parts = c.whole("parts");
  require(part >= 0 && part < parts, "there is no such part of an update");
  require(c.whole("S") == slots_of(rule), "the rule takes another number of slots");
  return {rule, c.flag("nesterov"), c.flag("decay"), part, parts, c.kernels()};
}

/** Where a part begins; parts are of whole blocks. */
inline size_t part_begin(size_t size, size_t block, int part, int parts) {
  const size_t blocks = (size + block - 1) / block, begin = blocks * part / parts * block;
  return begin < size ? begin : size;
}

/** What both ops take, from the input `scalars` on. The tensors may go: the variables hold the memory. */
inline Update update_of(const MadeUpdate& made, Call& call, int scalars_index, const Tensor& scalars, int64_t size) {
  const auto writable = [](const Tensor& tensor) { return static_cast<float*>(TF_TensorData(tensor.get())); };
  require(side(scalars, 0) == scalars_of(made.rule) + made.decay, "the rule takes another number of scalars");
  Update update{made.rule, made.nesterov, writable(call.input(0, -1, "variable")), {}, data(scalars), 1};
  if (made.decay) update.keep = update.scalars[scalars_of(made.rule)];
  for (int index = 0; index < slots_of(made.rule); ++index) {
    const Tensor slot = call.input(scalars_index + 1 + index, -1, "slot");
    require(TF_TensorElementCount(slot.get()) == size, "a slot does not fit the variable");
    update.slots[index] = writable(slot);
  }
  return update;
}

inline void run_update(const MadeUpdate& made, Call& call) {
  const Tensor variable = call.input(0, -1, "variable"), gradient = call.input(1, -1, "gradient");
  const Tensor scalars = call.input(2, 1, "scalars");
  const int64_t size = TF_TensorElementCount(variable.get());
  require(TF_TensorElementCount(gradient.get()) == size, "the gradient does not fit the variable");
  const Update update = update_of(made, call, 2, scalars, size);
  const size_t line = 16;
  FlushTiny flush;
  made.kernels->update(update, data(gradient), part_begin(size, line, made.part, made.parts),
                       part_begin(size, line, made.part + 1, made.parts));
}

inline void run_product_update(const MadeUpdate& made, Call& call) {
  const Tensor variable = call.input(0, -1, "variable"), x = call.input(1, 2, "x"), dy = call.input(2, 2, "dy");
  const Tensor scalars = call.input(3, 1, "scalars");
  const int64_t size = TF_TensorElementCount(variable.get());
  const Product product{data(x), data(dy), size_t(side(x, 0)), size_t(side(x, 1)), size_t(side(dy, 1))};
  require(side(x, 0) == side(dy, 0), "the factors of the gradient do not fit each other");
  require(product.rows * product.columns == size_t(size), "the gradient does not fit the variable");
  const Update update = update_of(made, call, 3, scalars, size);
  const size_t block = made.kernels->rows;
  std::vector<float> gradient(block * product.columns);
  FlushTiny flush;
  made.kernels->update_by_product(update, product, part_begin(product.rows, block, made.part, made.parts),
                                  part_begin(product.rows, block, made.part + 1, made.parts), gradient.data());
}

}  // namespace tandem
