// Weights laid out as the kernels of recurrent cells read them, and their gradients brought back.
#pragma once
#include <vector>
#include "recurrent-shape.h"

namespace tandem {

/** A GRU has biases of inputs and of previous outputs, one row each. */
inline size_t bias_size(const Shape& s) { return size_t(s.columns()) * s.units * (s.cell == Cell::kGru ? 2 : 1); }

/** Where a unit of a slot lies: tile, and column within it. */
struct Place {
  size_t tile;
  int column;
};
inline Place place_of(const Shape& s, const Kernels& k, int slot, int unit) {
  const int per_tile = s.slots() == 4 ? k.lanes : k.tile;
  return {size_t(unit / per_tile), slot * k.lanes + unit % per_tile};
}
inline size_t tiles_of(const Shape& s, const Kernels& k) {
  const int per_tile = s.slots() == 4 ? k.lanes : k.tile;
  return size_t((s.units + per_tile - 1) / per_tile);
}

/** Per tile: a row of biases, F rows of input weights, H rows of recurrent weights; zero where a slot has none. */
inline std::vector<float> pack_forward(const Shape& s, const Kernels& k, const float* kernel, const float* recurrent,
                                       const float* bias) {
  const size_t size = size_t(1 + s.features + s.units) * k.tile;
  std::vector<float> packed(tiles_of(s, k) * size);
  const int columns = s.columns() * s.units;
  for (int column = 0; column < s.columns(); ++column) {
    for (int unit = 0; unit < s.units; ++unit) {
      const int at = column * s.units + unit;
      const Place in = place_of(s, k, s.input_slot(column), unit), back = place_of(s, k, s.recurrent_slot(column), unit);
      float* to = packed.data() + in.tile * size;
      to[in.column] += bias[at];
      if (s.cell == Cell::kGru) to[back.column] += bias[columns + at];
    }
  }
  const auto copy = [&](const float* from, int rows, int first, bool previous) {
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < s.columns(); ++column) {
        const int slot = previous ? s.recurrent_slot(column) : s.input_slot(column);
        const float* source = from + size_t(row) * columns + size_t(column) * s.units;
        for (int unit = 0; unit < s.units; ++unit) {
          const Place at = place_of(s, k, slot, unit);
          packed[at.tile * size + size_t(first + row) * k.tile + at.column] = source[unit];
        }
      }
    }
  };
  copy(kernel, s.features, 1, false);
  copy(recurrent, s.units, 1 + s.features, true);
  return packed;
}

/** Per tile of units: slots · H rows of the transposed recurrent weights. */
inline std::vector<float> pack_backward(const Shape& s, const Kernels& k, const float* recurrent) {
  const size_t size = size_t(s.wide()) * k.tile;
  std::vector<float> packed(size_t((s.units + k.tile - 1) / k.tile) * size);
  const int columns = s.columns() * s.units;
  for (int unit = 0; unit < s.units; ++unit) {
    float* to = packed.data() + size_t(unit / k.tile) * size + unit % k.tile;
    for (int column = 0; column < s.columns(); ++column) {
      const float* source = recurrent + size_t(unit) * columns + size_t(column) * s.units;
      float* rows = to + size_t(s.recurrent_slot(column)) * s.units * k.tile;
      for (int i = 0; i < s.units; ++i) rows[size_t(i) * k.tile] = source[i];
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
