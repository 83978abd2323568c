// The arithmetic of optimizers: one pass over a variable, its slots and its gradient. Included once per set of processor
// instructions, after vectors.h, with TANDEM_ROWS rows of a gradient per register block. An element's result depends on that
// element alone, so it is the same wherever a part begins; formulas and their order are those of TensorFlow's
// ResourceApply… kernels.


/** Correctly rounded, as the division is: an approximation would leave TensorFlow's numbers. */
INLINE Vector root(Vector x) {
  Vector y;
  for (int i = 0; i < kLanes; ++i) y[i] = __builtin_sqrtf(x[i]);
  return y;
}

/** Kingma & Ba 2015, section 2; with Nesterov's look-ahead Dozat 2016. */
template <bool Nesterov>
struct Adam {
  explicit Adam(const Update& update)
      : u(update),
        rate(u.scalars[2] * __builtin_sqrtf(1 - u.scalars[1]) / (1 - u.scalars[0])),
        beta1(u.scalars[3]),
        new1(1 - u.scalars[3]),
        new2(1 - u.scalars[4]),
        epsilon(u.scalars[5]) {}
  INLINE void step(const Adam& a, size_t at, Vector gradient, int count) {
    const Update& u = a.u;
    Vector m = load_part(u.slots[0] + at, count), v = load_part(u.slots[1] + at, count);
    m += (gradient - m) * a.new1;
    v += (gradient * gradient - v) * a.new2;
    const Vector direction = Nesterov ? gradient * a.new1 + m * a.beta1 : m;
    const Vector kept = load_part(u.variable + at, count) * u.keep;
    store_part(u.slots[0] + at, m, count);
    store_part(u.slots[1] + at, v, count);
    store_part(u.variable + at, kept - direction * a.rate / (root(v) + a.epsilon), count);
  }
  const Update u;
  const float rate, beta1, new1, new2, epsilon;
};

/** Polyak 1964; with Nesterov's look-ahead Sutskever et al. 2013. */
template <bool Nesterov>
struct Momentum {
  explicit Momentum(const Update& update) : u(update), rate(u.scalars[0]), share(u.scalars[1]) {}
  INLINE void step(const Momentum& a, size_t at, Vector gradient, int count) {
    const Update& u = a.u;
    const Vector velocity = load_part(u.slots[0] + at, count) * a.share + gradient;
    const Vector change = Nesterov ? gradient * a.rate + velocity * a.share * a.rate : velocity * a.rate;
    const Vector kept = load_part(u.variable + at, count) * u.keep;
    store_part(u.slots[0] + at, velocity, count);
    store_part(u.variable + at, kept - change, count);
  }
  const Update u;
  const float rate, share;
};

struct Descent {
  explicit Descent(const Update& update) : u(update), rate(u.scalars[0]) {}
  INLINE void step(const Descent& a, size_t at, Vector gradient, int count) {
    const Vector kept = load_part(a.u.variable + at, count) * a.u.keep;
    store_part(a.u.variable + at, kept - gradient * a.rate, count);
  }
  const Update u;
  const float rate;
};

/** For `count` elements from `at`, whose gradient begins at `gradient`. */
template <typename How>
static void step_all(const How& rule, const float* gradient, size_t at, size_t count) {
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) How::step(rule, at + i, load(gradient + i), kLanes);
  if (i < count) How::step(rule, at + i, load_part(gradient + i, int(count - i)), int(count - i));
}

/** R rows × four vectors of xᵀ · dy, of which `width` columns are there: in registers until they are whole. */
template <int R, bool Whole>
INLINE void product_tile(const Product& p, size_t row, size_t column, int width, float* to) {
  Vector sums[R][4] = {};
  const float* x = p.x + row;
  const float* dy = p.dy + column;
  for (size_t k = 0; k < p.batch; ++k, x += p.rows, dy += p.columns) {
    Vector b[4];
    for (int v = 0; v < 4; ++v) b[v] = Whole ? load(dy + v * kLanes) : load_part(dy + v * kLanes, width - v * kLanes);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const float factor = x[r];
      for (int v = 0; v < 4; ++v) sums[r][v] += factor * b[v];
    }
  }
  for (int r = 0; r < R; ++r) {
    for (int v = 0; v < 4; ++v) store_part(to + r * p.columns + v * kLanes, sums[r][v], width - v * kLanes);
  }
}

/** R rows of the gradient, one after another. */
template <int R>
static void product_rows(const Product& p, size_t row, int count, float* to) {
  if constexpr (R > 1) {
    if (count < R) return product_rows<R - 1>(p, row, count, to);
  }
  size_t column = 0;
  for (; column + kTile <= p.columns; column += kTile) product_tile<R, true>(p, row, column, kTile, to + column);
  if (column < p.columns) product_tile<R, false>(p, row, column, int(p.columns - column), to + column);
}

/** A block of rows of the gradient goes into the update while it is in the first-level cache, and nowhere else. */
template <typename How>
static void step_product(const How& rule, const Product& p, size_t begin, size_t end, float* block) {
  for (size_t row = begin; row < end; row += kRows) {
    const int count = end - row < size_t(kRows) ? int(end - row) : kRows;
    product_rows<kRows>(p, row, count, block);
    step_all(rule, block, row * p.columns, count * p.columns);
  }
}

template <typename Work>
static void with_rule(const Update& u, Work work) {
  switch (u.rule) {
    case Rule::kAdam: return u.nesterov ? work(Adam<true>(u)) : work(Adam<false>(u));
    case Rule::kMomentum: return u.nesterov ? work(Momentum<true>(u)) : work(Momentum<false>(u));
    case Rule::kDescent: return work(Descent(u));
  }
}

static void update(const Update& u, const float* gradient, size_t begin, size_t end) {
  with_rule(u, [=](const auto& rule) { step_all(rule, gradient + begin, begin, end - begin); });
}

static void update_by_product(const Update& u, const Product& p, size_t begin, size_t end, float* block) {
  with_rule(u, [&](const auto& rule) { step_product(rule, p, begin, end, block); });
}
