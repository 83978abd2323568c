import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, queryRows } from './duckdb';
import { profileColumns } from './profile';
import { literal } from './sql';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-profile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const context = { signal: new AbortController().signal, progress: () => undefined };

test.each([
  ['whole numbers', 'range'],
  ['whole numbers below zero', 'range - 4000'],
  ['every third whole number, some twice', '3 * (range // 2)'],
  ['three decimals', 'round(sin(range) * 1000, 3)'],
  ['decimals that do not fit a scale', 'sin(range)'],
  ['whole numbers, but for the last', 'CASE WHEN range = 9999 THEN 0.5 ELSE range END'],
  ['one far away from the others', 'CASE WHEN range = 5000 THEN 1e15 ELSE range END'],
  ['larger than a double tells apart', '9007199254740992 + range'],
  ['zeros of either sign', 'CASE WHEN range % 2 = 0 THEN -0.0 ELSE range END'],
  ['gaps', 'CASE WHEN range % 3 = 0 THEN NULL ELSE range / 8 END'],
  ['few values', 'range % 7'],
  ['one value', '4.5'],
])('distinct numbers are counted exactly: %s', async (name, expression) => {
  const file = join(folder, `${name}.parquet`);
  await execute(
    `COPY (SELECT range AS _index, (${expression})::DOUBLE AS c0 FROM range(10000)) TO ${literal(file)} (FORMAT parquet)`,
  );
  const [[distinct, missing] = []] = await queryRows(
    `SELECT count(DISTINCT c0), count(*) - count(c0) FROM ${literal(file)}`,
  );
  const [column] = await profileColumns(file, [{ name, type: 'number', image: null }], context);
  expect(column).toMatchObject({ distinct, missing });
});
