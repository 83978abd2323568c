// TensorFlow ops of this project's own, registered when Node loads this file; eager calls and graphs then know them by
// name. Written against TensorFlow's C interface for kernels, whose few headers set-up has anyway.
//
//   TandemRecurrent      a whole sequence through one recurrent layer
//   TandemRecurrentGrad  and back: gradients of its sums and of all its weights
//   TandemActivations    tanh and sigmoid as those compute them, for their test
//   TandemUpdate         one step of an optimizer for one variable, in place
//   TandemProductUpdate  the same, with the gradient as the product that it is
#include <node_api.h>
#include <memory>
#include <string>
#include <vector>

#include "call.h"
#include "kernels.h"
#include "large-blocks.h"
#include "recurrent-packing.h"
#include "shards.h"
#include "tensorflow/c/ops.h"
#include "update-op.h"

namespace tandem {
namespace {

/** What an op of a recurrent layer was made with. */
struct Made {
  Cell cell = Cell::kLstm;
  const Kernels* kernels = nullptr;
  static Made with(Construction& construction);
};

Shape shape_of(const Made& made, const Tensor& x, const Tensor& recurrent) {
  Shape s{made.cell, int(side(x, 0)), int(side(x, 1)), int(side(x, 2)), int(side(recurrent, 0))};
  require(s.steps > 0 && s.features > 0 && s.units > 0, "a recurrent layer needs steps, features and units");
  require(side(recurrent, 1) == int64_t(s.columns()) * s.units, "the recurrent weights do not fit the cell");
  return s;
}

/** Examples per part: the same for one machine and batch, so that sums are added up in one order. */
int part_of(const Shape& s) {
  const int parts = Shards::get().count();
  return s.batch <= parts ? 1 : (s.batch + parts - 1) / parts;
}

void run_forward(const Made& made, Call& call) {
  const Tensor x = call.input(0, 3, "x"), kernel = call.input(1, 2, "kernel");
  const Tensor recurrent = call.input(2, 2, "recurrent"), bias = call.input(3, -1, "bias");
  const Shape s = shape_of(made, x, recurrent);
  require(side(kernel, 0) == s.features && side(kernel, 1) == int64_t(s.columns()) * s.units,
          "the weights do not fit the inputs");
  require(TF_TensorElementCount(bias.get()) == int64_t(bias_size(s)), "the biases do not fit the cell");
  const bool gated = s.slots() == 4;
  Forward f{s, data(x)};
  f.h = call.output(0, {s.batch, s.steps, s.units});
  f.last = call.output(1, {s.batch, s.units});
  f.gates = call.output(2, {s.batch, s.steps, gated ? s.wide() : 0});
  f.cells = call.output(3, {s.batch, s.steps, s.cell == Cell::kLstm ? s.units : 0});
  if (s.batch == 0) return;
  const std::vector<float> packed = pack_forward(s, *made.kernels, data(kernel), data(recurrent), data(bias));
  f.packed = packed.data();
  const int part = part_of(s);
  Shards::get().run((s.batch + part - 1) / part, [&](int index) {
    const int end = (index + 1) * part;
    made.kernels->forward(f, index * part, end < s.batch ? end : s.batch);
  });
}

void run_backward(const Made& made, Call& call) {
  const Tensor x = call.input(0, 3, "x"), recurrent = call.input(1, 2, "recurrent"), h = call.input(2, 3, "h");
  const Tensor gates = call.input(3, 3, "gates"), cells = call.input(4, 3, "cells"), dy = call.input(5, -1, "dy");
  const Shape s = shape_of(made, x, recurrent);
  Backward b{s, data(x), data(h), data(gates), data(cells), data(dy), TF_NumDims(dy.get()) == 3};
  const int64_t outputs = int64_t(s.batch) * s.units;
  require(TF_TensorElementCount(h.get()) == outputs * s.steps, "the outputs do not fit the inputs");
  require(s.slots() == 1 || TF_TensorElementCount(gates.get()) == int64_t(s.batch) * s.steps * s.wide(),
          "the gates do not fit the inputs");
  require(s.cell != Cell::kLstm || TF_TensorElementCount(cells.get()) == outputs * s.steps,
          "the cells do not fit the inputs");
  require(TF_TensorElementCount(dy.get()) == (b.dy_every_step ? outputs * s.steps : outputs),
          "the gradient does not fit the outputs");
  b.d = call.output(0, {s.batch, s.steps, s.wide()});
  float* d_kernel = call.output(1, {s.features, int64_t(s.columns()) * s.units});
  float* d_recurrent = call.output(2, {s.units, int64_t(s.columns()) * s.units});
  float* d_bias = call.output(3, {int64_t(bias_size(s))});
  const std::vector<float> packed = pack_backward(s, *made.kernels, data(recurrent));
  b.packed = packed.data();
  const int part = part_of(s), parts = s.batch == 0 ? 0 : (s.batch + part - 1) / part;
  const size_t size = sums_size(s, *made.kernels);
  // Before the threads start: lack of memory can be told of here only.
  std::vector<std::vector<float>> sums(parts > 0 ? parts : 1, std::vector<float>(size));
  std::vector<std::vector<float>> scratch(parts, std::vector<float>(made.kernels->backward_scratch(s)));
  if (parts > 0) {
    Shards::get().run(parts, [&](int index) {
      const int end = (index + 1) * part;
      made.kernels->backward(b, index * part, end < s.batch ? end : s.batch, sums[index].data(), scratch[index].data());
    });
  }
  // Always in the order of parts, so that the same step gives the same bits.
  for (int index = 1; index < parts; ++index) {
    for (size_t i = 0; i < size; ++i) sums[0][i] += sums[index][i];
  }
  unpack_sums(s, *made.kernels, sums[0].data(), d_kernel, d_recurrent, d_bias);
}

void run_activations(const Made& made, Call& call) {
  const Tensor x = call.input(0, 1, "x");
  const int64_t count = side(x, 0);
  float* tanh = call.output(0, {count});
  float* sigmoid = call.output(1, {count});
  made.kernels->activate(data(x), tanh, sigmoid, int(count));
}

Cell cell_of(const std::string& name) {
  if (name == "lstm") return Cell::kLstm;
  if (name == "gru") return Cell::kGru;
  if (name == "tanh") return Cell::kTanh;
  if (name == "relu") return Cell::kRelu;
  throw Failure{"there is no cell \"" + name + "\""};
}

Made Made::with(Construction& construction) { return {cell_of(construction.text("cell")), construction.kernels()}; }

template <typename Made>
void* make(TF_OpKernelConstruction* context) {
  Construction construction(context);
  try {
    return new Made(Made::with(construction));
  } catch (const Failure& failure) {
    construction.fail(failure.message);
    return nullptr;
  }
}

template <typename Made>
void destroy(void* made) {
  delete static_cast<Made*>(made);
}

template <typename Made, void (*Run)(const Made&, Call&)>
void compute(void* made, TF_OpKernelContext* context) {
  Call call(context);
  try {
    Run(*static_cast<Made*>(made), call);
  } catch (const Failure& failure) {
    call.fail(failure.message);
  } catch (const std::bad_alloc&) {
    call.fail("out of memory in an op of the app's own", TF_RESOURCE_EXHAUSTED);
  }
}

void unknown_shapes(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

struct Signature {
  const char* name;
  std::vector<const char*> attributes, inputs, outputs;
  /** Changes something that its outputs do not tell of: TensorFlow then neither leaves it out nor does it once for two. */
  bool stateful = false;
};

template <typename Made, void (*Run)(const Made&, Call&)>
void register_op(const Signature& signature) {
  std::unique_ptr<TF_Status, void (*)(TF_Status*)> status(TF_NewStatus(), TF_DeleteStatus);
  const auto check = [&] {
    if (TF_GetCode(status.get()) != TF_OK) throw Failure{TF_Message(status.get())};
  };
  TF_OpDefinitionBuilder* op = TF_NewOpDefinitionBuilder(signature.name);
  for (const char* attribute : signature.attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  TF_OpDefinitionBuilderAddAttr(op, "instructions: string = 'best'");
  for (const char* input : signature.inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (const char* output : signature.outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  TF_OpDefinitionBuilderSetIsStateful(op, signature.stateful);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, unknown_shapes);
  TF_RegisterOpDefinition(op, status.get());
  check();
  TF_KernelBuilder* kernel =
      TF_NewKernelBuilder(signature.name, "CPU", make<Made>, compute<Made, Run>, destroy<Made>);
  TF_RegisterKernelBuilder(signature.name, kernel, status.get());
  check();
}

void register_ops() {
  const char* cell = "cell: string = 'lstm'";
  register_op<Made, run_forward>({"TandemRecurrent",
                                  {cell},
                                  {"x: float", "kernel: float", "recurrent: float", "bias: float"},
                                  {"h: float", "last: float", "gates: float", "cells: float"}});
  register_op<Made, run_backward>(
      {"TandemRecurrentGrad",
       {cell},
       {"x: float", "recurrent: float", "h: float", "gates: float", "cells: float", "dy: float"},
       {"d: float", "d_kernel: float", "d_recurrent: float", "d_bias: float"}});
  register_op<Made, run_activations>({"TandemActivations", {cell}, {"x: float"}, {"tanh: float", "sigmoid: float"}});
  const std::vector<const char*> rule = {"rule: string", "nesterov: bool = false", "decay: bool = false",
                                         "part: int = 0", "parts: int = 1", "S: int >= 0"};
  register_op<MadeUpdate, run_update>(
      {"TandemUpdate", rule, {"variable: float", "gradient: float", "scalars: float", "slots: S * float"}, {}, true});
  register_op<MadeUpdate, run_product_update>(
      {"TandemProductUpdate",
       rule,
       {"variable: float", "x: float", "dy: float", "scalars: float", "slots: S * float"},
       {},
       true});
}

}  // namespace

/** Once per process, however often Node asks. @returns what went wrong, or nothing. */
const std::string& registered() {
  static const std::string problem = [] {
    try {
      register_ops();
      return std::string();
    } catch (const Failure& failure) {
      return failure.message;
    }
  }();
  return problem;
}

}  // namespace tandem

// Weak, so that TensorFlow's Python can load the file too, which the bench's timeline is measured in.
#define WEAK __attribute__((weak))
extern "C" WEAK napi_status NAPI_CDECL napi_throw_error(napi_env, const char*, const char*);
extern "C" WEAK napi_status NAPI_CDECL napi_get_boolean(napi_env, bool, napi_value*);
extern "C" WEAK napi_status NAPI_CDECL napi_create_function(napi_env, const char*, size_t, napi_callback, void*,
                                                            napi_value*);
extern "C" WEAK napi_status NAPI_CDECL napi_set_named_property(napi_env, napi_value, const char*, napi_value);

extern "C" __attribute__((visibility("default"))) bool tandem_register() { return tandem::registered().empty(); }

namespace {
/** `takeLargeBlocksFromSystem(): boolean` */
napi_value take_large_blocks(napi_env env, napi_callback_info) {
  napi_value done = nullptr;
  napi_get_boolean(env, tandem::large_blocks::take_from_system(), &done);
  return done;
}
}  // namespace

NAPI_MODULE_INIT() {
  const std::string& problem = tandem::registered();
  if (!problem.empty()) napi_throw_error(env, nullptr, problem.c_str());
  napi_value function = nullptr;
  if (napi_create_function(env, nullptr, 0, take_large_blocks, nullptr, &function) == napi_ok) {
    napi_set_named_property(env, exports, "takeLargeBlocksFromSystem", function);
  }
  return exports;
}
