/** Ranking texts a few characters at a time gives the order of whole texts, and stays within a small memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, queryNumbers, queryRows, spillTo } from './duckdb';
import { literal } from './sql';
import { rankTexts } from './text-order';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'tandem-texts-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function keep(name: string, select: string): Promise<string> {
  const table = literal(join(folder, `${name}.parquet`));
  await execute(`COPY (${select}) TO ${table} (FORMAT parquet, COMPRESSION zstd)`);
  return table;
}

test.each([
  ['rising', false],
  ['falling', true],
])(
  '%s, as whole texts are ordered: numbers, then texts without case, then by their characters',
  async (_, descending) => {
    const same = 'The same beginning of many characters, and then ';
    const texts = [
      ...['10', '9', '9.0', '1e1', '', null, 'a', 'A', 'a', 'aa', `${same}b`, `${same}B`, `${same}a`, same, `${same}b`],
      ...[
        'é',
        'É',
        'ß',
        '猫',
        '猫 and more than sixteen characters',
        '猫 and more than sixteen CHARACTERS',
        '🐈',
        'z',
        'İi',
        'ii',
      ],
      ...Array.from({ length: 200 }, (__, row) => `${same.repeat(row % 3)}${(row * 7919) % 101}${row % 2 ? 'x' : 'X'}`),
    ];
    const values = texts.map((text, row) => `(${row}, ${text === null ? 'NULL' : literal(text)})`).join(', ');
    const table = await keep(
      `small-${descending}`,
      `SELECT * FROM (VALUES ${values}) AS t(_index, c0) ORDER BY _index`,
    );
    const where = 'WHERE _index % 10 <> 3';
    const way = descending ? 'DESC' : 'ASC';
    const keys = ['try_cast(c0 AS DOUBLE)', 'lower(c0)', 'c0'].map((key) => `${key} ${way} NULLS LAST`).join(', ');
    const whole = `SELECT _index, rank() OVER (ORDER BY ${keys}) FROM ${table} ${where} AND c0 IS NOT NULL ORDER BY _index`;
    const expected = new Array<number>(texts.length).fill(Number.NaN);
    for (const [row, place] of await queryRows(whole)) expected[Number(row)] = Number(place);

    const column = { table, name: 'c0', where, rowCount: texts.length };
    expect([...(await rankTexts(column, descending, 1))]).toEqual(expected);
    expect([...(await rankTexts(column, descending))]).toEqual(expected);
  },
);

test('many long texts that begin alike need a fraction of the memory that they take', async () => {
  const rows = 100_000;
  const text = `'Every text begins with these words, ' || repeat(md5(range::VARCHAR), 16)`;
  const table = await keep('long', `SELECT range::INTEGER AS _index, ${text} AS c0 FROM range(${rows})`);
  await execute("SET memory_limit = '150MB'");
  await expect(queryNumbers(`SELECT row_number() OVER (ORDER BY lower(c0), c0) FROM ${table}`)).rejects.toMatchObject({
    code: 'data-out-of-memory',
  });
  await spillTo(join(folder, 'spill'));
  const places = await rankTexts({ table, name: 'c0', where: '', rowCount: rows }, false, rows * 24);
  // The hash is one to one here, so that the order of texts is that of their hashes.
  const expected = await queryNumbers(
    `SELECT rank() OVER (ORDER BY md5(range::VARCHAR)) FROM range(${rows}) ORDER BY range`,
  );
  expect(places).toEqual(expected);
}, 60_000);
