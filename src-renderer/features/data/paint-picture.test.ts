/** What is painted: where a picture lands, in which colours, and that its neighbours stay as they were. */
import { expect, test } from 'vitest';
import { paintPicture, type Surface } from './paint-picture';

function surface(width: number, height: number): Surface {
  return { data: new Uint8ClampedArray(width * height * 4), width, height };
}

function at({ data, width }: Surface, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

test('a grey picture is enlarged in whole squares beside an untouched neighbour', () => {
  const line = surface(9, 4);
  paintPicture(line, 5, 4, Uint8Array.of(10, 20, 30, 40), { height: 2, width: 2, channels: 1 });
  expect(at(line, 5, 0)).toEqual([10, 10, 10, 255]);
  expect(at(line, 6, 1)).toEqual([10, 10, 10, 255]);
  expect(at(line, 7, 1)).toEqual([20, 20, 20, 255]);
  expect(at(line, 5, 2)).toEqual([30, 30, 30, 255]);
  expect(at(line, 8, 3)).toEqual([40, 40, 40, 255]);
  expect(at(line, 4, 0)).toEqual([0, 0, 0, 0]);
});

test('colours and transparency come through', () => {
  const rgb = surface(1, 1);
  paintPicture(rgb, 0, 1, Uint8Array.of(1, 2, 3), { height: 1, width: 1, channels: 3 });
  expect(at(rgb, 0, 0)).toEqual([1, 2, 3, 255]);
  const rgba = surface(1, 1);
  paintPicture(rgba, 0, 1, Uint8Array.of(1, 2, 3, 4), { height: 1, width: 1, channels: 4 });
  expect(at(rgba, 0, 0)).toEqual([1, 2, 3, 4]);
});

test('a wide picture keeps its proportions, in the middle', () => {
  const square = surface(4, 4);
  paintPicture(square, 0, 4, Uint8Array.of(10, 20), { height: 1, width: 2, channels: 1 });
  expect(at(square, 0, 0)).toEqual([0, 0, 0, 0]);
  expect(at(square, 0, 1)).toEqual([10, 10, 10, 255]);
  expect(at(square, 3, 2)).toEqual([20, 20, 20, 255]);
  expect(at(square, 3, 3)).toEqual([0, 0, 0, 0]);
});
