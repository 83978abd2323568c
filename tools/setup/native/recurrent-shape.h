// What the kernels of recurrent layers are told: sizes, the kind of cell, and where the numbers lie. All arrays are
// float32 and row-major. B examples, T steps, F features, H units.
//
// Every cell is a set of "slots" per unit, each slot one sum over inputs and previous outputs:
//   LSTM  4: i, f, g, o        GRU  4: z, r, n of the inputs, n of the previous outputs        simple  1
// A GRU's reset gate acts on its third sum of previous outputs ("reset after", cuDNN's, PyTorch's and Keras's default),
// which is why that sum has a slot of its own. Where a weight matrix has no column for a slot, it is zero there.
#pragma once
#include <cstddef>

namespace tandem {

enum class Cell { kLstm, kGru, kTanh, kRelu };

struct Shape {
  Cell cell;
  int batch, steps, features, units;

  int slots() const { return cell == Cell::kLstm || cell == Cell::kGru ? 4 : 1; }
  /** Columns of each weight matrix per unit. */
  int columns() const { return cell == Cell::kLstm ? 4 : cell == Cell::kGru ? 3 : 1; }
  /** The slot that a column of the input weights adds to, and of the recurrent weights. */
  int input_slot(int column) const { return column; }
  int recurrent_slot(int column) const { return cell == Cell::kGru && column == 2 ? 3 : column; }
  /** Floats of all slots of one example at one step. */
  int wide() const { return slots() * units; }
};

struct Forward {
  Shape shape;
  const float* x;         // [B, T, F]
  const float* packed;    // by tile: bias row, F rows of input weights, H rows of recurrent weights
  float* h;               // [B, T, H]
  float* last;            // [B, H]
  float* gates;           // [B, T, slots · H], after their activation; unused by simple cells
  float* cells;           // [B, T, H], LSTM only
};

struct Backward {
  Shape shape;
  const float* x;         // [B, T, F]
  const float* h;         // [B, T, H]
  const float* gates;
  const float* cells;
  const float* dy;        // [B, T, H], or [B, H]: of the last step only
  bool dy_every_step;
  const float* packed;    // by tile of units: slots · H rows of the transposed recurrent weights
  float* d;               // [B, T, slots · H]: gradient of every sum
};

}  // namespace tandem
