/** Which pictures stay at hand when there are too many. */
import { expect, test } from 'vitest';
import { PictureCache } from './picture-cache';

function keepRows(cache: PictureCache, first: number, count: number): void {
  const rows = Array.from({ length: count }, (_, place) => first + place);
  cache.keep(rows, Uint8Array.from(rows.flatMap((row) => [row % 251, 1])), 2);
}

test('each row gets its own pixels', () => {
  const cache = new PictureCache();
  cache.keep([7, 3], Uint8Array.of(1, 2, 3, 4), 2);
  expect(cache.get(7)).toEqual(Uint8Array.of(1, 2));
  expect(cache.get(3)).toEqual(Uint8Array.of(3, 4));
});

test('the oldest make room, but not those that were asked for again', () => {
  const cache = new PictureCache();
  keepRows(cache, 0, 4000);
  expect(cache.renew(0)).toBe(true);
  keepRows(cache, 4000, 12);
  expect(cache.get(0)).toEqual(Uint8Array.of(0, 1));
  expect(cache.get(1)).toBeUndefined();
  expect(cache.renew(1)).toBe(false);
  expect(cache.get(4011)).toBeDefined();
});
