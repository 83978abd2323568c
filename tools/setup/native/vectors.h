// GCC's portable vectors. Included once per set of processor instructions, with TANDEM_LANES floats per vector, inside a
// namespace of its own.

constexpr int kLanes = TANDEM_LANES;

typedef float Vector __attribute__((vector_size(kLanes * 4)));
typedef float Loose __attribute__((vector_size(kLanes * 4), aligned(4), may_alias));
#define INLINE static inline __attribute__((always_inline))

INLINE Vector load(const float* from) { return *reinterpret_cast<const Loose*>(from); }
INLINE void store(float* to, Vector value) { *reinterpret_cast<Loose*>(to) = value; }

/** The first `count` of a vector; the others are zero. */
INLINE Vector load_part(const float* from, int count) {
  if (count >= kLanes) return load(from);
  float part[kLanes] = {};
  for (int i = 0; i < count; ++i) part[i] = from[i];
  return load(part);
}
INLINE void store_part(float* to, Vector value, int count) {
  if (count >= kLanes) return store(to, value);
  float part[kLanes];
  store(part, value);
  for (int i = 0; i < count; ++i) to[i] = part[i];
}
