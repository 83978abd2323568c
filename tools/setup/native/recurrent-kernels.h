// The kernels of recurrent cells, compiled for several sets of processor instructions, and the choice among them.
#pragma once
#include <cstring>
#include "recurrent-shape.h"

namespace tandem {

// Four floats at a time: any processor of the architecture.
namespace baseline {
#define TANDEM_LANES 4
#define TANDEM_ROWS 3
#include "recurrent-arithmetic.h"
#undef TANDEM_LANES
#undef TANDEM_ROWS
}  // namespace baseline

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace avx2 {
#define TANDEM_LANES 8
#define TANDEM_ROWS 3
#include "recurrent-arithmetic.h"
#undef TANDEM_LANES
#undef TANDEM_ROWS
}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq,prefer-vector-width=512")
namespace avx512 {
#define TANDEM_LANES 16
#define TANDEM_ROWS 6
#include "recurrent-arithmetic.h"
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
