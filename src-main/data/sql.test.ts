/** Names and values from outside stay names and values. */
import { expect, test } from 'vitest';
import { queryRows } from './duckdb';
import { identifier, literal } from './sql';

const hostile = ["'; DROP TABLE x; --", '"; SELECT 1; --', '\\', "\\'", '$$', '${x}', 'é\n\t', '""', "''", ''];

test.each(hostile)('literal %j comes back unchanged', async (value) => {
  expect(await queryRows(`SELECT ${literal(value)}`)).toEqual([[value]]);
});

test.each(hostile.filter((value) => value !== ''))('identifier %j names one column', async (name) => {
  expect(await queryRows(`SELECT ${identifier(name)} FROM (SELECT 7 AS ${identifier(name)})`)).toEqual([[7]]);
});

test('a NUL is refused', () => {
  expect(() => literal('a\0b')).toThrow();
  expect(() => identifier('a\0b')).toThrow();
});

test('no file of the network is reached', async () => {
  await expect(queryRows("SELECT * FROM read_csv('https://example.org/x.csv')")).rejects.toThrow();
});
