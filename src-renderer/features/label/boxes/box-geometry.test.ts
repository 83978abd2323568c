import { describe, expect, test } from 'vitest';
import {
  boxOf,
  boxesAt,
  drawn,
  edgesOf,
  guidesOf,
  handleAt,
  moved,
  nextAt,
  noGuides,
  resized,
  type Edges,
} from './box-geometry';
import { fitted, showing, toPicture, zoomed } from './zoom';

const picture = { width: 640, height: 480 };
const free = { picture, guides: noGuides, reach: 0 };
const edges = (left: number, top: number, right: number, bottom: number): Edges => ({ left, top, right, bottom });

test('shares and pixels go into each other within a thousandth of a pixel', () => {
  for (const each of [edges(0, 0, 640, 480), edges(1, 2, 3, 5), edges(637, 478, 640, 480), edges(123, 45, 400, 333)]) {
    const back = edgesOf(boxOf('cell', each, picture), picture);
    for (const side of ['left', 'top', 'right', 'bottom'] as const) expect(back[side]).toBeCloseTo(each[side], 3);
  }
  const box = boxOf('cell', edges(0, 0, 640, 480), picture);
  expect(box).toEqual({ label: 'cell', x: 0, y: 0, width: 1, height: 1 });
});

describe('drawing', () => {
  test('goes in any direction, keeps to whole pixels and to the picture', () => {
    expect(drawn({ x: 100.4, y: 90.6 }, { x: 50.2, y: 20.4 }, free).edges).toEqual(edges(50, 20, 100, 91));
    expect(drawn({ x: -30, y: 470 }, { x: 20, y: 900 }, free).edges).toEqual(edges(0, 470, 20, 480));
    expect(drawn({ x: 640, y: 480 }, { x: 640, y: 480 }, free).edges).toEqual(edges(639, 479, 640, 480));
  });

  test('snaps to other boxes and to the picture, and says to what', () => {
    const guides = guidesOf([edges(100.5, 50, 200, 150)], -1, picture);
    const { edges: made, on } = drawn({ x: 203, y: 48 }, { x: 637, y: 300 }, { picture, guides, reach: 4 });
    expect(made).toEqual(edges(200, 50, 640, 300));
    expect(on).toEqual({ x: [200, 640], y: [50] });
    expect(drawn({ x: 203, y: 48 }, { x: 637, y: 300 }, free).edges).toEqual(edges(203, 48, 637, 300));
  });
});

describe('moving', () => {
  test('keeps the size and stays inside', () => {
    expect(moved(edges(10, 10, 60, 40), { x: -25, y: 3 }, free).edges).toEqual(edges(0, 13, 50, 43));
    expect(moved(edges(10, 10, 60, 40), { x: 9999, y: 9999 }, free).edges).toEqual(edges(590, 450, 640, 480));
    expect(moved(edges(10, 10, 60, 40), { x: 0, y: -1 }, free).edges).toEqual(edges(10, 9, 60, 39));
  });

  test('snaps by whichever edge is nearest', () => {
    const guides = guidesOf([edges(10, 10, 60, 40), edges(300, 200, 400, 260)], 0, picture);
    const { edges: made, on } = moved(edges(10, 10, 60, 40), { x: 237, y: 158 }, { picture, guides, reach: 5 });
    expect(made).toEqual(edges(250, 170, 300, 200));
    expect(on).toEqual({ x: [300], y: [200] });
  });
});

describe('resizing', () => {
  test('each handle takes its own edges along', () => {
    const from = edges(100, 100, 200, 200);
    const by = { x: 10, y: 20 };
    const made = (['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const).map((handle) => {
      const { left, top, right, bottom } = resized(from, handle, by, free).edges;
      return [left, top, right, bottom];
    });
    expect(made).toEqual([
      [110, 120, 200, 200],
      [100, 120, 200, 200],
      [100, 120, 210, 200],
      [100, 100, 210, 200],
      [100, 100, 210, 220],
      [100, 100, 200, 220],
      [110, 100, 200, 220],
      [110, 100, 200, 200],
    ]);
  });

  test('turns over beyond the opposite edge, never vanishes, and leaves fractions of other edges alone', () => {
    expect(resized(edges(100, 100, 200, 200), 'e', { x: -150, y: 0 }, free).edges).toEqual(edges(50, 100, 100, 200));
    expect(resized(edges(100, 100, 200, 200), 'e', { x: -100, y: 0 }, free).edges).toEqual(edges(100, 100, 101, 200));
    expect(resized(edges(10.4, 10.4, 20.6, 20.6), 'e', { x: 1, y: 0 }, free).edges).toEqual(
      edges(10.4, 10.4, 22, 20.6),
    );
  });
});

describe('pointing', () => {
  const all = [edges(0, 0, 300, 300), edges(50, 50, 100, 100), edges(80, 80, 200, 200)];
  test('clicks go from the smallest box to the ones around it and begin again', () => {
    const found = boxesAt(all, { x: 90, y: 90 }, 0);
    expect(found).toEqual([1, 2, 0]);
    expect([nextAt(found, -1), nextAt(found, 1), nextAt(found, 2), nextAt(found, 0)]).toEqual([1, 2, 0, 1]);
    expect(boxesAt(all, { x: 303, y: 10 }, 0)).toEqual([]);
    expect(boxesAt(all, { x: 303, y: 10 }, 4)).toEqual([0]);
    expect(nextAt([], 2)).toBe(-1);
  });

  test('corners go before sides', () => {
    expect(handleAt(edges(10, 10, 14, 14), { x: 13, y: 13 }, 4)).toHaveLength(2);
    expect(handleAt(all[1]!, { x: 75, y: 52 }, 4)).toBe('n');
    expect(handleAt(all[1]!, { x: 75, y: 75 }, 4)).toBeNull();
  });
});

describe('zooming', () => {
  const stage = { width: 700, height: 500 };
  test('what lies under the pointer stays there', () => {
    const zoom = fitted(picture, stage);
    const at = { x: 400, y: 260 };
    const near = zoomed(zoom, 3, at, picture, stage);
    expect(near.scale).toBeCloseTo(zoom.scale * 3, 9);
    expect(toPicture(near, at).x).toBeCloseTo(toPicture(zoom, at).x, 6);
    expect(zoomed(near, 0.001, at, picture, stage)).toEqual(zoom);
  });

  test('a box beyond the edge is brought in, one in sight moves nothing', () => {
    const near = zoomed(fitted(picture, stage), 4, { x: 0, y: 0 }, picture, stage);
    const shown = showing(near, edges(600, 440, 640, 480), picture, stage);
    expect(shown.x + 640 * shown.scale).toBeLessThanOrEqual(700);
    expect(shown.y + 440 * shown.scale).toBeGreaterThanOrEqual(0);
    expect(showing(near, edges(20, 20, 40, 40), picture, stage)).toBe(near);
  });
});
