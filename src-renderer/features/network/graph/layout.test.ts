/** Nodes stand below what they take from and never on each other; lines that pass a row pass beside its nodes. */
import { expect, test } from 'vitest';
import { layOut, nearestRoute, neighbour, nodeWidth, type Box, type Line } from './layout';

const boxes = (...ids: string[]): Box[] => ids.map((id) => ({ id, height: 40 }));
const lines = (...pairs: [string, string][]): Line[] =>
  pairs.map(([source, target]) => ({ id: `${source}-${target}`, source, target }));

const residual = layOut(
  boxes('data', 'a', 'b', 'c', 'add', 'out'),
  lines(['data', 'a'], ['a', 'b'], ['b', 'c'], ['c', 'add'], ['a', 'add'], ['add', 'out']),
);

test('each node stands below all that it takes from', () => {
  const y = (id: string) => residual.places.get(id)?.y ?? NaN;
  expect(['data', 'a', 'b', 'c', 'add', 'out'].map(y)).toEqual([0, 84, 168, 252, 336, 420]);
  expect(residual.height).toBe(460);
});

test('a way round passes beside the nodes that it goes round', () => {
  const route = residual.routes.get('a-add') ?? [];
  expect(route).toHaveLength(6);
  for (const id of ['b', 'c']) {
    const place = residual.places.get(id);
    const passing = route.filter(({ y }) => place !== undefined && y >= place.y && y <= place.y + 40);
    expect(passing).toHaveLength(2);
    expect(place?.x).toBe(residual.places.get('b')?.x);
    for (const { x } of passing) expect(Math.abs(x - (place?.x ?? 0) - nodeWidth / 2)).toBeGreaterThan(nodeWidth / 2);
  }
});

test('branches stand side by side, in the order of the list, around what they come from', () => {
  const { places, left, right } = layOut(
    boxes('data', 'one', 'two', 'three', 'join'),
    lines(['data', 'one'], ['data', 'two'], ['data', 'three'], ['one', 'join'], ['two', 'join'], ['three', 'join']),
  );
  const x = (id: string) => places.get(id)?.x ?? NaN;
  expect(x('two') - x('one')).toBeGreaterThanOrEqual(nodeWidth);
  expect(x('three') - x('two')).toBeGreaterThanOrEqual(nodeWidth);
  expect(x('data')).toBeCloseTo(x('two'), 6);
  expect(x('join')).toBeCloseTo(x('two'), 6);
  expect(right - left).toBeGreaterThanOrEqual(3 * nodeWidth);
  expect(x('data')).toBe(-nodeWidth / 2);
  expect(neighbour(places, 'two', 'left')).toBe('one');
  expect(neighbour(places, 'two', 'right')).toBe('three');
  expect(neighbour(places, 'one', 'left')).toBeNull();
  expect(neighbour(places, 'two', 'up')).toBe('data');
  expect(neighbour(places, 'data', 'down')).toBe('two');
});

test('a circle and a node that nobody feeds have their places too', () => {
  const { places, routes } = layOut(boxes('a', 'b', 'alone'), lines(['a', 'b'], ['b', 'a']));
  expect(places.size).toBe(3);
  expect(new Set([...places.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(3);
  expect(routes.size).toBe(2);
});

test('what is dropped goes onto the nearest line', () => {
  const route = residual.routes.get('b-c') ?? [];
  const [start = { x: 0, y: 0 }] = route;
  expect(nearestRoute(residual.routes, { x: start.x + 4, y: start.y + 20 })).toBe('b-c');
  const [, passing = { x: 0, y: 0 }] = residual.routes.get('a-add') ?? [];
  expect(nearestRoute(residual.routes, { x: passing.x, y: passing.y + 20 })).toBe('a-add');
  expect(nearestRoute(new Map(), { x: 0, y: 0 })).toBeNull();
});

test('three hundred layers in a row are placed within 50 ms', () => {
  const ids = Array.from({ length: 300 }, (_, at) => `n${at}`);
  const chain = lines(...ids.slice(1).map((id, at): [string, string] => [ids[at] ?? '', id]));
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    expect(layOut(boxes(...ids), chain).places.size).toBe(300);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
