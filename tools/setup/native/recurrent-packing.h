// Weights laid out as the kernels of recurrent cells read them, and their gradients brought back.
#pragma once
#include <cstring>
#include <vector>
#include "kernels.h"

namespace tandem {

/** A GRU has biases of inputs and of previous outputs, one row each. */
inline size_t bias_size(const Shape& s) { return size_t(s.columns()) * s.units * (s.cell == Cell::kGru ? 2 : 1); }

inline int units_per_tile(const Shape& s, const Kernels& k) { return s.slots() == 4 ? k.lanes : k.tile; }

/** A copy whose most frequent length is known to the compiler. */
inline void copy_units(float* to, const float* from, int count) {
  if (count == 16) std::memcpy(to, from, 16 * sizeof(float));
  else std::memcpy(to, from, count * sizeof(float));
}

/** Per tile: a row of biases, F rows of input weights, H rows of recurrent weights; zero where a slot has none. */
inline std::vector<float> pack_forward(const Shape& s, const Kernels& k, const float* kernel, const float* recurrent,
                                       const float* bias) {
  const int per_tile = units_per_tile(s, k), columns = s.columns() * s.units;
  const size_t size = size_t(1 + s.features + s.units) * k.tile;
  std::vector<float> packed(size_t((s.units + per_tile - 1) / per_tile) * size);
  float* tile = packed.data();
  for (int unit = 0; unit < s.units; unit += per_tile, tile += size) {
    const int count = s.units - unit < per_tile ? s.units - unit : per_tile;
    for (int column = 0; column < s.columns(); ++column) {
      const size_t from = size_t(column) * s.units + unit;
      float* input = tile + s.input_slot(column) * k.lanes;
      float* previous = tile + s.recurrent_slot(column) * k.lanes;
      for (int i = 0; i < count; ++i) input[i] += bias[from + i];
      for (int i = 0; s.cell == Cell::kGru && i < count; ++i) previous[i] += bias[columns + from + i];
      for (int row = 0; row < s.features; ++row) {
        copy_units(input + size_t(1 + row) * k.tile, kernel + size_t(row) * columns + from, count);
      }
      for (int row = 0; row < s.units; ++row) {
        copy_units(previous + size_t(1 + s.features + row) * k.tile, recurrent + size_t(row) * columns + from, count);
      }
    }
  }
  return packed;
}

/** Per tile of units: slots · H rows of the transposed recurrent weights. */
inline std::vector<float> pack_backward(const Shape& s, const Kernels& k, const float* recurrent) {
  constexpr int kBlock = 16;
  const size_t size = size_t(s.wide()) * k.tile;
  std::vector<float> packed(size_t((s.units + k.tile - 1) / k.tile) * size);
  const int columns = s.columns() * s.units;
  for (int column = 0; column < s.columns(); ++column) {
    // In blocks, so that what is read and what is written both stay in the first-level cache.
    for (int block = 0; block < s.units; block += kBlock) {
      const int end = block + kBlock < s.units ? block + kBlock : s.units;
      for (int unit = 0; unit < s.units; ++unit) {
        const float* from = recurrent + size_t(unit) * columns + size_t(column) * s.units;
        float* to = packed.data() + size_t(unit / k.tile) * size + unit % k.tile +
                    size_t(s.recurrent_slot(column)) * s.units * k.tile;
#pragma GCC unroll 16
        for (int i = block; i < end; ++i) to[size_t(i) * k.tile] = from[i];
      }
    }
  }
  return packed;
}

inline size_t sums_stride(const Shape& s, const Kernels& k) { return size_t((s.wide() + k.tile - 1) / k.tile) * k.tile; }
inline size_t sums_size(const Shape& s, const Kernels& k) {
  return size_t(s.features + s.units + 1) * sums_stride(s, k);
}

/** From rows of slots to the layouts of the weights. */
inline void unpack_sums(const Shape& s, const Kernels& k, const float* sums, float* kernel, float* recurrent,
                        float* bias) {
  const size_t stride = sums_stride(s, k);
  const int columns = s.columns() * s.units;
  const auto copy = [&](const float* from, float* to, bool previous) {
    for (int column = 0; column < s.columns(); ++column) {
      const int slot = previous ? s.recurrent_slot(column) : s.input_slot(column);
      for (int unit = 0; unit < s.units; ++unit) to[column * s.units + unit] = from[slot * s.units + unit];
    }
  };
  for (int row = 0; row < s.features; ++row) copy(sums + row * stride, kernel + size_t(row) * columns, false);
  const float* back = sums + s.features * stride;
  for (int row = 0; row < s.units; ++row) copy(back + row * stride, recurrent + size_t(row) * columns, true);
  const float* biases = back + s.units * stride;
  copy(biases, bias, false);
  if (s.cell == Cell::kGru) copy(biases, bias + columns, true);
}

}  // namespace tandem
