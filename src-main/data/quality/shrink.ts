/** Small grey copies of pictures, by which they are compared. */

/** Mean grey of each of `side²` equal fields. */
export function shrink(grey: Float32Array, height: number, width: number, side: number): Float32Array {
  const small = new Float32Array(side * side);
  for (let row = 0; row < side; row += 1) {
    const [top, bottom] = field(row, side, height);
    for (let column = 0; column < side; column += 1) {
      const [left, right] = field(column, side, width);
      let sum = 0;
      for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) sum += grey[y * width + x] ?? 0;
      small[row * side + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return small;
}

/** From and to of a field, at least one pixel. */
function field(place: number, side: number, length: number): [number, number] {
  const from = Math.min(length - 1, Math.floor((place * length) / side));
  return [from, Math.max(from + 1, Math.floor(((place + 1) * length) / side))];
}
