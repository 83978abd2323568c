/** Boxes that are found in pictures: coding there and back, overlap, suppression and average precision against plain references. */
import { describe, expect, test } from 'vitest';
import { generator } from '../random';
import { meanAveragePrecision } from './average-precision';
import { cellTargets, decodeBox, encodeBox } from './box-coding';
import { matchBoxes } from './matching';
import { overlapOf, type FoundBox, type Rectangle } from './overlap';
import { suppress } from './suppress';

const next = generator(3);
const random = () => next() / 2 ** 32;
const rectangle = (): Rectangle => {
  const [width, height] = [0.02 + 0.5 * random(), 0.02 + 0.5 * random()];
  return { x: random() * (1 - width), y: random() * (1 - height), width, height };
};
const found = (score: number, box: Partial<FoundBox> = {}): FoundBox => {
  return { x: 0, y: 0, width: 1, height: 1, label: 0, score, ...box };
};

test('overlap is what points drawn by lot say', () => {
  for (let trial = 0; trial < 20; trial += 1) {
    const [one, other] = [rectangle(), rectangle()];
    const isIn = (box: Rectangle, x: number, y: number) =>
      x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
    let [both, either] = [0, 0];
    for (let row = 0; row < 200; row += 1) {
      for (let column = 0; column < 200; column += 1) {
        const in2 = [one, other].filter((box) => isIn(box, (column + 0.5) / 200, (row + 0.5) / 200)).length;
        both += Number(in2 === 2);
        either += Number(in2 > 0);
      }
    }
    expect(overlapOf(one, other)).toBeCloseTo(both / either, 1);
  }
  expect(overlapOf({ x: 0, y: 0, width: 2, height: 1 }, { x: 1, y: 0, width: 2, height: 1 })).toBeCloseTo(1 / 3, 12);
});

describe('coding', () => {
  const grid = { rows: 10, columns: 14 };
  test('a box comes back from any cell that speaks of it', () => {
    for (let trial = 0; trial < 50; trial += 1) {
      const box = rectangle();
      const cell = Math.floor(random() * grid.rows * grid.columns);
      const back = decodeBox(encodeBox(box, cell, grid), cell, grid);
      for (const side of ['x', 'y', 'width', 'height'] as const) expect(back[side]).toBeCloseTo(box[side], 9);
    }
  });

  test('each box has one middle and a weight of one, and the smaller of two keeps its cells', () => {
    const large = { x: 0.1, y: 0.1, width: 0.8, height: 0.8, label: 0 };
    const small = { x: 0.45, y: 0.44, width: 0.1, height: 0.1, label: 1 };
    const { heat, boxes, weights, count } = cellTargets([small, large], grid, 2);
    const middles = [0, 1].map((label) => [...heat.keys()].filter((at) => at % 2 === label && heat[at] === 1).length);
    expect(middles).toEqual([1, 1]);
    expect(count).toBe(2);
    const home = 4 * grid.columns + 7;
    expect(heat[2 * home + 1]).toBe(1);
    expect(boxes[4 * home + 2]).toBeCloseTo(1.4, 5);
    expect(weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(2, 5);
    // What a cell with a weight is to say is what its box is.
    for (const [cell, weight] of weights.entries()) {
      if (weight === 0) continue;
      const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(4 * cell, 4 * cell + 4);
      const own = [large, small].find((box) => Math.abs(box.width * grid.columns - width) < 1e-4)!;
      expect([x / grid.columns, y / grid.rows, height / grid.rows]).toEqual([
        expect.closeTo(own.x + own.width / 2, 5),
        expect.closeTo(own.y + own.height / 2, 5),
        expect.closeTo(own.height, 5),
      ]);
    }
  });
});

test('suppression keeps what a plain reference keeps', () => {
  for (let trial = 0; trial < 30; trial += 1) {
    const boxes = Array.from({ length: 25 }, () => ({
      ...rectangle(),
      label: Math.floor(random() * 2),
      score: random(),
    }));
    // The surest of all that are left stays, and takes those out that it overlaps, until none is left.
    let left = [...boxes];
    const kept: FoundBox[] = [];
    while (left.length > 0) {
      const best = left.reduce((one, other) => (other.score > one.score ? other : one));
      kept.push(best);
      left = left.filter((box) => box !== best && overlapOf(box, best) <= (box.label === best.label ? 0.3 : 0.6));
    }
    expect(suppress(boxes, { sameClass: 0.3, anyClass: 0.6, most: 100 })).toEqual(kept);
    expect(suppress(boxes, { sameClass: 0.3, anyClass: 0.6, most: 3 })).toEqual(kept.slice(0, 3));
  }
});

test('a box is right once, for the surest, and only of its class', () => {
  const there = [{ x: 0, y: 0, width: 1, height: 1, label: 0 }];
  const given = [found(0.5), found(0.9, { width: 0.8 }), found(0.95, { label: 1 })];
  expect(matchBoxes(given, there, 0.5)).toEqual([0, expect.closeTo(0.8, 9), 0]);
});

test('average precision of a ranking worked out by hand', () => {
  const box = (x: number, label = 0) => ({ x, y: 0, width: 1, height: 1, label });
  const there = [box(0), box(10), box(20), box(30)];
  // Right, wrong, right, wrong, right; one is never found: 1/4·1 + 1/4·2/3 + 1/4·3/5.
  const ranked = [
    found(0.9),
    found(0.8, { x: 50 }),
    found(0.7, { x: 10 }),
    found(0.6, { x: 60 }),
    found(0.5, { x: 20 }),
  ];
  expect(meanAveragePrecision([{ found: ranked, there }], 0.5)).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 4, 12);
  // A class of which nothing is found halves the mean; one that is nowhere counts nothing.
  const two = [{ found: [...ranked, found(1, { label: 2 })], there: [...there, box(0, 1)] }];
  expect(meanAveragePrecision(two, 0.5)).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 8, 12);
  expect(meanAveragePrecision([{ found: ranked, there: [] }], 0.5)).toBeNull();
});
