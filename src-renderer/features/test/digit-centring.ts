/**
 * Turns a drawing into what a digit model learnt from: 28 × 28 pixels, the strokes scaled into a box of 20 × 20 and placed
 * so that their centre of mass lies in the middle, as LeCun, Cortes and Burges made MNIST.
 */

const SIDE = 28;
const BOX = 20;
/** From the edge. Counting pixels from 0, MNIST puts the mass at 14 of 0 to 27, whose own centre lies at 14.5. */
const MIDDLE = SIDE / 2 + 0.5;

export interface Greyscale {
  readonly width: number;
  readonly height: number;
  /** `height · width` values, 0 is empty and 255 is ink. */
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * @param drawing of any size.
 * @returns 28 · 28 values, 0 empty to 255 ink; all zero where nothing is drawn.
 */
export function centreDigit(drawing: Greyscale): Uint8Array<ArrayBuffer> {
  const box = inkBox(drawing);
  const result = new Uint8Array(SIDE * SIDE);
  if (!box) return result;
  const scale = BOX / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const small = shrink(drawing, box, width, height);
  const mass = centreOfMass(small, width, height);
  const left = clamp(Math.round(MIDDLE - mass.x), 0, SIDE - width);
  const top = clamp(Math.round(MIDDLE - mass.y), 0, SIDE - height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      result[(top + y) * SIDE + left + x] = Math.round(small[y * width + x] ?? 0);
    }
  }
  return result;
}

/** The smallest box around all ink; null where there is none. */
function inkBox({ width, height, pixels }: Greyscale): Box | null {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((pixels[y * width + x] ?? 0) < 16) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Mean ink of the part of the drawing that each small pixel covers (exact area weights, so thin strokes do not vanish). */
function shrink(drawing: Greyscale, box: Box, width: number, height: number): Float64Array {
  const small = new Float64Array(width * height);
  const stepX = box.width / width;
  const stepY = box.height / height;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      small[y * width + x] = meanOver(drawing, {
        left: box.left + x * stepX,
        top: box.top + y * stepY,
        width: stepX,
        height: stepY,
      });
    }
  }
  return small;
}

function meanOver({ width, height, pixels }: Greyscale, area: Box): number {
  let sum = 0;
  for (let y = Math.floor(area.top); y < area.top + area.height; y += 1) {
    const shareY = Math.min(y + 1, area.top + area.height) - Math.max(y, area.top);
    if (y >= height || shareY <= 0) continue;
    for (let x = Math.floor(area.left); x < area.left + area.width; x += 1) {
      const shareX = Math.min(x + 1, area.left + area.width) - Math.max(x, area.left);
      if (x < width && shareX > 0) sum += (pixels[y * width + x] ?? 0) * shareX * shareY;
    }
  }
  return sum / (area.width * area.height);
}

/** In pixels from the left and top edge; a pixel's own centre lies at + 0.5. */
function centreOfMass(pixels: Float64Array, width: number, height: number): { x: number; y: number } {
  let total = 0;
  let x = 0;
  let y = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const ink = pixels[row * width + column] ?? 0;
      total += ink;
      x += ink * (column + 0.5);
      y += ink * (row + 0.5);
    }
  }
  return total === 0 ? { x: width / 2, y: height / 2 } : { x: x / total, y: y / total };
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}
