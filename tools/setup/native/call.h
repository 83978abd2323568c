// One call of an op of ours: its inputs and outputs through TensorFlow's C interface, with failures as exceptions inside.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kernels.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/tf_tensor.h"

namespace tandem {

/** Failures of a call become a status of TensorFlow, which reaches JavaScript as an exception. */
struct Failure {
  std::string message;
};

struct TensorDeleter {
  void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
};
using Tensor = std::unique_ptr<TF_Tensor, TensorDeleter>;

/** The attributes that an op is made with. */
class Construction {
 public:
  explicit Construction(TF_OpKernelConstruction* construction) : construction_(construction), status_(TF_NewStatus()) {}
  ~Construction() { TF_DeleteStatus(status_); }

  std::string text(const char* name) {
    char text[32] = {};
    TF_OpKernelConstruction_GetAttrString(construction_, name, text, sizeof(text) - 1, status_);
    check();
    return text;
  }

  int whole(const char* name) {
    int32_t value = 0;
    TF_OpKernelConstruction_GetAttrInt32(construction_, name, &value, status_);
    check();
    return value;
  }

  bool flag(const char* name) {
    TF_Bool value = 0;
    TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status_);
    check();
    return value != 0;
  }

  /** The kernels for the processor's instructions that the op asks for. */
  const Kernels* kernels() {
    const std::string wanted = text("instructions");
    const Kernels* found = kernels_for(wanted.c_str());
    if (!found) throw Failure{"this processor has no " + wanted};
    return found;
  }

  void fail(const std::string& message) {
    TF_SetStatus(status_, TF_INVALID_ARGUMENT, message.c_str());
    TF_OpKernelConstruction_Failure(construction_, status_);
  }

 private:
  void check() {
    if (TF_GetCode(status_) != TF_OK) throw Failure{TF_Message(status_)};
  }
  TF_OpKernelConstruction* construction_;
  TF_Status* status_;
};

class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {}
  ~Call() { TF_DeleteStatus(status_); }

  Tensor input(int index, int rank, const char* name) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status_);
    check();
    Tensor held(tensor);
    if (rank >= 0 && TF_NumDims(tensor) != rank) throw Failure{std::string(name) + " has another rank than expected"};
    return held;
  }

  float* output(int index, const std::vector<int64_t>& shape) {
    size_t size = sizeof(float);
    for (int64_t side : shape) size *= size_t(side);
    Tensor held(TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(), int(shape.size()), size, status_));
    check();
    return static_cast<float*>(TF_TensorData(held.get()));
  }

  void fail(const std::string& message, TF_Code code = TF_INVALID_ARGUMENT) {
    TF_SetStatus(status_, code, message.c_str());
    TF_OpKernelContext_Failure(context_, status_);
  }

 private:
  void check() {
    if (TF_GetCode(status_) != TF_OK) throw Failure{TF_Message(status_)};
  }
  TF_OpKernelContext* context_;
  TF_Status* status_;
};

inline const float* data(const Tensor& tensor) { return static_cast<const float*>(TF_TensorData(tensor.get())); }
inline int64_t side(const Tensor& tensor, int axis) { return TF_Dim(tensor.get(), axis); }

inline void require(bool holds, const char* message) {
  if (!holds) throw Failure{message};
}

}  // namespace tandem
