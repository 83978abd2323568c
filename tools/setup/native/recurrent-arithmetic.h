// The arithmetic of recurrent cells. Included once per set of processor instructions, after vectors.h, with TANDEM_ROWS
// examples per register block, inside a namespace of its own.
//
// A block of ROWS examples × 4 vectors of sums stays in registers while it runs over inputs and previous outputs; the
// gates are computed from the registers, so that no sum is ever written to memory. Examples are independent of each other,
// so threads share nothing but weights and run through all steps without waiting.

constexpr int kRows = TANDEM_ROWS;
constexpr int kTile = 4 * kLanes;
/** Examples that go through a step together: their states stay in the first-level cache. */
constexpr int kPanel = 60;
/** Rows of gradients that are packed and multiplied at a time. */
constexpr int kChunk = 56;

/**
 * Rational approximation of degree 13 / 6 on ±7.9053 (Eigen's coefficients), one beyond; absolute error < 2e-7.
 * Comparisons are written so that NaN stays NaN.
 */
INLINE Vector tanh_of(Vector x) {
  const float bound = 7.90531110763549805f;
  const Vector zero = {};
  x = x > bound ? zero + bound : x;
  x = x < -bound ? zero - bound : x;
  const Vector s = x * x;
  Vector p = s * -2.76076847742355e-16f + 2.00018790482477e-13f;
  p = p * s - 8.60467152213735e-11f;
  p = p * s + 5.12229709037114e-08f;
  p = p * s + 1.48572235717979e-05f;
  p = p * s + 6.37261928875436e-04f;
  p = p * s + 4.89352455891786e-03f;
  Vector q = s * 1.19825839466702e-06f + 1.18534705686654e-04f;
  q = q * s + 2.26843463243900e-03f;
  q = q * s + 4.89352518554385e-03f;
  return x * p / q;
}
INLINE Vector sigmoid_of(Vector x) { return tanh_of(x * 0.5f) * 0.5f + 0.5f; }

/** sums[r][v] += Σ_k a[r · stride + k] · b[k · kTile + v · kLanes + lane]; not for v = Skip, whose weights are zero. */
template <int R, int Skip = -1>
INLINE void accumulate(Vector (&sums)[R][4], const float* a, size_t stride, int count, const float* b) {
  for (int k = 0; k < count; ++k, b += kTile) {
    const Vector b0 = load(b), b1 = load(b + kLanes), b2 = load(b + 2 * kLanes), b3 = load(b + 3 * kLanes);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const float factor = a[r * stride + k];
      if constexpr (Skip != 0) sums[r][0] += factor * b0;
      if constexpr (Skip != 1) sums[r][1] += factor * b1;
      if constexpr (Skip != 2) sums[r][2] += factor * b2;
      if constexpr (Skip != 3) sums[r][3] += factor * b3;
    }
  }
}

/** From the sums of four slots to the state of `count` units, for one example at one step. */
INLINE void lstm_gates(const Forward& f, const Vector (&sums)[4], size_t at, int t, int unit, int count) {
  const int units = f.shape.units;
  const Vector i = sigmoid_of(sums[0]), g = tanh_of(sums[2]), o = sigmoid_of(sums[3]), keep = sigmoid_of(sums[1]);
  Vector c = i * g;
  if (t > 0) c += keep * load_part(f.cells + (at - 1) * units + unit, count);
  float* gates = f.gates + at * 4 * units + unit;
  store_part(gates, i, count);
  store_part(gates + units, keep, count);
  store_part(gates + 2 * units, g, count);
  store_part(gates + 3 * units, o, count);
  store_part(f.cells + at * units + unit, c, count);
  store_part(f.h + at * units + unit, o * tanh_of(c), count);
}

INLINE void gru_gates(const Forward& f, const Vector (&sums)[4], size_t at, int t, int unit, int count) {
  const int units = f.shape.units;
  const Vector z = sigmoid_of(sums[0]), r = sigmoid_of(sums[1]);
  const Vector n = tanh_of(sums[2] + r * sums[3]);
  Vector h = n - z * n;
  if (t > 0) h += z * load_part(f.h + (at - 1) * units + unit, count);
  float* gates = f.gates + at * 4 * units + unit;
  store_part(gates, z, count);
  store_part(gates + units, r, count);
  store_part(gates + 2 * units, n, count);
  store_part(gates + 3 * units, sums[3], count);
  store_part(f.h + at * units + unit, h, count);
}

template <Cell C>
INLINE void simple_outputs(const Forward& f, const Vector (&sums)[4], size_t at, int unit, int count) {
  const Vector zero = {};
  for (int v = 0; v < 4 && count > v * kLanes; ++v) {
    const Vector h = C == Cell::kTanh ? tanh_of(sums[v]) : (sums[v] < 0.0f ? zero : sums[v]);
    store_part(f.h + at * f.shape.units + unit + v * kLanes, h, count - v * kLanes);
  }
}

/** One block of examples at step t for one tile of units. */
template <Cell C, int R>
static void forward_block(const Forward& f, int first, int t, int unit, const float* tile) {
  const Shape& s = f.shape;
  const size_t at = size_t(first) * s.steps + t;
  Vector sums[R][4];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) sums[r][v] = load(tile + v * kLanes);
  }
  const float* weights = tile + kTile;
  constexpr bool kIsGru = C == Cell::kGru;
  accumulate<R, kIsGru ? 3 : -1>(sums, f.x + at * s.features, size_t(s.steps) * s.features, s.features, weights);
  if (t > 0) {
    weights += size_t(s.features) * kTile;
    accumulate<R, kIsGru ? 2 : -1>(sums, f.h + (at - 1) * s.units, size_t(s.steps) * s.units, s.units, weights);
  }
#pragma GCC unroll 1
  for (int r = 0; r < R; ++r) {
    const size_t row = at + size_t(r) * s.steps;
    if constexpr (C == Cell::kLstm) lstm_gates(f, sums[r], row, t, unit, s.units - unit);
    else if constexpr (C == Cell::kGru) gru_gates(f, sums[r], row, t, unit, s.units - unit);
    else simple_outputs<C>(f, sums[r], row, unit, s.units - unit);
  }
}

template <Cell C, int R = kRows>
INLINE void forward_rows(int rows, const Forward& f, int first, int t, int unit, const float* tile) {
  if (rows >= R) return forward_block<C, R>(f, first, t, unit, tile);
  if constexpr (R > 1) forward_rows<C, R - 1>(rows, f, first, t, unit, tile);
}

template <Cell C>
static void forward_cell(const Forward& f, int begin, int end) {
  const Shape& s = f.shape;
  const int tile_units = s.slots() == 4 ? kLanes : kTile;
  const size_t tile_size = size_t(1 + s.features + s.units) * kTile;
  for (int panel = begin; panel < end; panel += kPanel) {
    const int stop = panel + kPanel < end ? panel + kPanel : end;
    for (int t = 0; t < s.steps; ++t) {
      const float* tile = f.packed;
      for (int unit = 0; unit < s.units; unit += tile_units, tile += tile_size) {
        for (int row = panel; row < stop; row += kRows) forward_rows<C>(stop - row, f, row, t, unit, tile);
      }
    }
    for (int row = panel; row < stop; ++row) {
      const float* h = f.h + (size_t(row + 1) * s.steps - 1) * s.units;
      __builtin_memcpy(f.last + size_t(row) * s.units, h, s.units * sizeof(float));
    }
  }
}

static void forward(const Forward& f, int begin, int end) {
  switch (f.shape.cell) {
    case Cell::kLstm: return forward_cell<Cell::kLstm>(f, begin, end);
    case Cell::kGru: return forward_cell<Cell::kGru>(f, begin, end);
    case Cell::kTanh: return forward_cell<Cell::kTanh>(f, begin, end);
    case Cell::kRelu: return forward_cell<Cell::kRelu>(f, begin, end);
  }
}

/**
 * One example at one step, backwards: from the gradient of its output (`dh`, which holds what came from the next step) to
 * those of its sums. Leaves in `dh` what reaches the previous output without a weight, in `dc` the cell's.
 */
template <Cell C>
INLINE void backward_example(const Backward& b, size_t at, int t, const float* dy, float* dh, float* dc) {
  const int units = b.shape.units;
  const Vector zero = {};
  float* d = b.d + at * b.shape.wide();
  const float* gates = b.gates + at * 4 * units;
  for (int unit = 0; unit < units; unit += kLanes) {
    const int count = units - unit;
    Vector g = load(dh + unit);
    if (dy) g += load_part(dy + unit, count);
    if constexpr (C == Cell::kLstm) {
      const Vector i = load_part(gates + unit, count), f = load_part(gates + units + unit, count);
      const Vector n = load_part(gates + 2 * units + unit, count), o = load_part(gates + 3 * units + unit, count);
      const Vector c = tanh_of(load_part(b.cells + at * units + unit, count));
      const Vector before = t > 0 ? load_part(b.cells + (at - 1) * units + unit, count) : zero;
      const Vector cell = load(dc + unit) + g * o * (1.0f - c * c);
      store_part(d + unit, cell * n * i * (1.0f - i), count);
      store_part(d + units + unit, cell * before * f * (1.0f - f), count);
      store_part(d + 2 * units + unit, cell * i * (1.0f - n * n), count);
      store_part(d + 3 * units + unit, g * c * o * (1.0f - o), count);
      store(dc + unit, cell * f);
      store(dh + unit, zero);
    } else if constexpr (C == Cell::kGru) {
      const Vector z = load_part(gates + unit, count), r = load_part(gates + units + unit, count);
      const Vector n = load_part(gates + 2 * units + unit, count), m = load_part(gates + 3 * units + unit, count);
      const Vector before = t > 0 ? load_part(b.h + (at - 1) * units + unit, count) : zero;
      const Vector dn = g * (1.0f - z) * (1.0f - n * n);
      store_part(d + unit, g * (before - n) * z * (1.0f - z), count);
      store_part(d + units + unit, dn * m * r * (1.0f - r), count);
      store_part(d + 2 * units + unit, dn, count);
      store_part(d + 3 * units + unit, dn * r, count);
      store(dh + unit, g * z);
    } else {
      const Vector h = load_part(b.h + at * units + unit, count);
      store_part(d + unit, C == Cell::kTanh ? g * (1.0f - h * h) : (h > 0.0f ? g : zero), count);
      store(dh + unit, zero);
    }
  }
}

/** dh += d · Uᵀ for one block of examples and one tile of units; `dh` has rows of `width` floats. */
template <int R = kRows>
static void previous_outputs(int rows, const Backward& b, size_t at, float* dh, int width, const float* tile) {
  if (rows < R) {
    if constexpr (R > 1) previous_outputs<R - 1>(rows, b, at, dh, width, tile);
    return;
  }
  const Shape& s = b.shape;
  const size_t stride = size_t(s.steps) * s.wide();
  Vector sums[R][4];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) sums[r][v] = load(dh + r * width + v * kLanes);
  }
  const float* d = b.d + at * s.wide();
  if (s.cell == Cell::kGru) {
    accumulate<R>(sums, d, stride, 2 * s.units, tile);
    accumulate<R>(sums, d + 3 * s.units, stride, s.units, tile + size_t(3 * s.units) * kTile);
  } else {
    accumulate<R>(sums, d, stride, s.wide(), tile);
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) store(dh + r * width + v * kLanes, sums[r][v]);
  }
}

/**
 * sums[m · wide + n] += Σ_k a[k · stride + m] · packed[k · kTile + n], m < M, n < kTile, but for every `skip_every`th row,
 * counted from `phase`; 0 skips none.
 */
template <int M = kRows>
static void outer(int left, const float* a, int stride, const float* packed, int rows, int skip_every, int phase,
                  float* sums, int wide) {
  if (left < M) {
    if constexpr (M > 1) outer<M - 1>(left, a, stride, packed, rows, skip_every, phase, sums, wide);
    return;
  }
  Vector c[M][4];
#pragma GCC unroll 8
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) c[m][v] = load(sums + size_t(m) * wide + v * kLanes);
  }
  for (int k = 0; k < rows; ++k, a += stride, packed += kTile) {
    // The first step of each example has no previous output.
    if (skip_every && phase++ % skip_every == 0) continue;
    const Vector b0 = load(packed), b1 = load(packed + kLanes);
    const Vector b2 = load(packed + 2 * kLanes), b3 = load(packed + 3 * kLanes);
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) {
      c[m][0] += a[m] * b0;
      c[m][1] += a[m] * b1;
      c[m][2] += a[m] * b2;
      c[m][3] += a[m] * b3;
    }
  }
#pragma GCC unroll 8
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) store(sums + size_t(m) * wide + v * kLanes, c[m][v]);
  }
}

INLINE size_t padded(int size) { return size_t((size + kTile - 1) / kTile) * kTile; }

/** Adds the gradients of all weights from the examples of one panel, whose `d` is complete. */
static void weight_gradients(const Backward& b, int panel, int stop, float* sums, float* packed) {
  const Shape& s = b.shape;
  const int wide = s.wide(), stride = int(padded(wide));
  const size_t from = size_t(panel) * s.steps, to = size_t(stop) * s.steps;
  const bool gru = s.cell == Cell::kGru;
  float* recurrent = sums + size_t(s.features) * stride;
  float* bias = recurrent + size_t(s.units) * stride;
  for (size_t row = from; row < to; row += kChunk) {
    const int rows = int(to - row < kChunk ? to - row : kChunk);
    for (int n = 0; n < wide; n += kTile) {
      Vector total[4];
      for (int v = 0; v < 4; ++v) total[v] = load(bias + n + v * kLanes);
      for (int k = 0; k < rows; ++k) {
        const float* d = b.d + (row + k) * wide + n;
        for (int v = 0; v < 4; ++v) {
          const int count = wide - n - v * kLanes;
          const Vector part = count > 0 ? load_part(d + v * kLanes, count) : Vector{};
          store(packed + k * kTile + v * kLanes, part);
          total[v] += part;
        }
      }
      for (int v = 0; v < 4; ++v) store(bias + n + v * kLanes, total[v]);
      // A GRU's last slot has no input weights, the one before it no recurrent ones.
      if (!gru || n < 3 * s.units) {
        for (int m = 0; m < s.features; m += kRows) {
          outer(s.features - m, b.x + row * s.features + m, s.features, packed, rows, 0, 0,
                sums + size_t(m) * stride + n, stride);
        }
      }
      if (!gru || n < 2 * s.units || n + kTile > 3 * s.units) {
        for (int m = 0; m < s.units; m += kRows) {
          // Row k's previous output lies one row before; that of the very first row is skipped, never read.
          outer(s.units - m, b.h + row * s.units + m - s.units, s.units, packed, rows, s.steps,
                int(row % s.steps), recurrent + size_t(m) * stride + n, stride);
        }
      }
    }
  }
}

template <Cell C>
static void backward_cell(const Backward& b, int begin, int end, float* sums, float* scratch) {
  const Shape& s = b.shape;
  const int width = int(padded(s.units));
  float* dh = scratch;
  float* dc = dh + size_t(kPanel) * width;
  float* packed = dc + size_t(kPanel) * width;
  for (int panel = begin; panel < end; panel += kPanel) {
    const int stop = panel + kPanel < end ? panel + kPanel : end;
    __builtin_memset(dh, 0, size_t(2 * kPanel) * width * sizeof(float));
    for (int t = s.steps - 1; t >= 0; --t) {
      for (int row = panel; row < stop; ++row) {
        const size_t at = size_t(row) * s.steps + t;
        const float* dy = b.dy_every_step ? b.dy + at * s.units
                                          : (t == s.steps - 1 ? b.dy + size_t(row) * s.units : nullptr);
        const size_t state = size_t(row - panel) * width;
        backward_example<C>(b, at, t, dy, dh + state, dc + state);
      }
      if (t == 0) continue;
      const float* tile = b.packed;
      for (int unit = 0; unit < s.units; unit += kTile, tile += size_t(s.wide()) * kTile) {
        for (int row = panel; row < stop; row += kRows) {
          previous_outputs(stop - row, b, size_t(row) * s.steps + t, dh + size_t(row - panel) * width + unit, width, tile);
        }
      }
    }
    weight_gradients(b, panel, stop, sums, packed);
  }
}

static void backward(const Backward& b, int begin, int end, float* sums, float* scratch) {
  switch (b.shape.cell) {
    case Cell::kLstm: return backward_cell<Cell::kLstm>(b, begin, end, sums, scratch);
    case Cell::kGru: return backward_cell<Cell::kGru>(b, begin, end, sums, scratch);
    case Cell::kTanh: return backward_cell<Cell::kTanh>(b, begin, end, sums, scratch);
    case Cell::kRelu: return backward_cell<Cell::kRelu>(b, begin, end, sums, scratch);
  }
}

static size_t backward_scratch(const Shape& s) { return 2 * kPanel * padded(s.units) + size_t(kChunk) * kTile; }

static void activate(const float* x, float* tanh, float* sigmoid, int count) {
  for (int i = 0; i < count; i += kLanes) {
    const Vector value = load_part(x + i, count - i);
    store_part(tanh + i, tanh_of(value), count - i);
    store_part(sigmoid + i, sigmoid_of(value), count - i);
  }
}
