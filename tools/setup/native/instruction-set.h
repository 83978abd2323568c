// All kernels for one set of processor instructions; kernels.h includes this once per set.
#include "vectors.h"
#include "recurrent-arithmetic.h"
#include "update-arithmetic.h"

static const Kernels kernels = {kTile,    kLanes, forward,           backward, backward_scratch,
                                activate, update, update_by_product, kRows};

#undef INLINE
