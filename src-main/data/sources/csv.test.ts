/** What a sound CSV becomes: delimiters, encodings, quotes, types, missing words, notes; and records over buffer ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { queryRows } from '../duckdb';
import { literal } from '../sql';
import { definition } from './csv';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-csv-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Buffer) {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  const work = mkdtempSync(join(folder, 'work-'));
  const rows = join(work, 'rows.parquet');
  mkdirSync(join(work, 'blobs'));
  const result = await definition.read(
    [{ path, name: 'table.csv' }],
    { rows, work, blobs: join(work, 'blobs') },
    { signal: new AbortController().signal, progress: () => {}, leaveOut: () => {} },
  );
  const cells = await queryRows(`SELECT * EXCLUDE (_index) FROM ${literal(rows)} ORDER BY _index`);
  return {
    ...result,
    types: result.columns.map(({ type }) => type),
    names: result.columns.map(({ name }) => name),
    cells,
  };
}

describe('how it is written', () => {
  const expected = [
    ['a,b', 'one\ntwo', 1.5],
    ['c "d"', 'é', 2],
    ['e', 'x', 3],
  ];
  const text = (delimiter: string, end: string) =>
    ['first', 'second', 'third'].join(delimiter) +
    end +
    `"a,b"${delimiter}"one\ntwo"${delimiter}1.5${end}"c ""d"""${delimiter}é${delimiter}2${end} e ${delimiter}x${delimiter}3`;

  test.each([
    ['comma', ',', '\n'],
    ['semicolon', ';', '\n'],
    ['tab', '\t', '\r\n'],
    ['bar', '|', '\r'],
    ['comma, CR LF', ',', '\r\n'],
  ])('%s', async (_, delimiter, end) => {
    for (const ending of ['', end, end + end + end]) {
      const { cells } = await read(text(delimiter, end) + ending);
      expect(cells).toEqual(expected);
    }
  });

  test.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffa,b\né😀,1\nü,2\n')],
    ['UTF-16 LE', Buffer.from('\ufeffa,b\né😀,1\nü,2\n', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\ufeffa,b\né😀,1\nü,2\n', 'utf16le').swap16()],
    ['UTF-16 LE without a mark', Buffer.from('a,b\né😀,1\nü,2\n', 'utf16le')],
  ])('%s', async (_, bytes) => {
    const { names, cells } = await read(bytes);
    expect(names).toEqual(['a', 'b']);
    expect(cells).toEqual([
      ['é😀', 1],
      ['ü', 2],
    ]);
  });

  test('numbers with a decimal comma, where no comma parts the values', async () => {
    const { types, cells, notes } = await read('x;y;price;code\n1,5;a;1,250;007\n-2;b;12;1,5\n0,75;b;NA;x\n');
    expect(types.slice(0, 3)).toEqual(['number', 'category', 'number']);
    expect(cells.map((row) => row.slice(0, 3))).toEqual([
      [1.5, 'a', 1.25],
      [-2, 'b', 12],
      [0.75, 'b', null],
    ]);
    expect(cells.map((row) => row[3])).toEqual(['007', '1,5', 'x']);
    expect(notes).toContainEqual({ code: 'delimiter', parameters: { delimiter: 'semicolon' } });
    expect(notes).toContainEqual({ code: 'decimal-comma', parameters: { columns: 'x, price' } });
  });

  test.each([
    ['may be thousands', 'x;y\n1,250;a\n12,500;b\n3;b\n'],
    ['points stand beside them', 'x;y\n1,5;a\n2.5;b\n3;b\n'],
  ])('a comma is none where %s', async (_, content) => {
    const { types, notes } = await read(content);
    expect(types[0]).not.toBe('number');
    expect(notes.some(({ code }) => code === 'decimal-comma')).toBe(false);
  });
});

describe('what it holds', () => {
  test('types by the rules', async () => {
    const rows = Array.from({ length: 60 }, (_, row) =>
      [
        row,
        row % 2,
        row % 2 ? 'yes' : 'no',
        `2024-01-${(row % 28) + 1}`,
        `free text ${row}`,
        `00${row}`,
        `1e${row % 5}`,
        row % 3 ? `${row}.5` : 'NA',
      ].join(','),
    );
    const { types } = await read(['n,bit,word,day,text,code,power,gaps', ...rows].join('\n'));
    expect(types).toEqual(['number', 'category', 'category', 'date', 'text', 'text', 'number', 'number']);
  });

  test.each([
    ['1949-01', 'date'],
    ['1949-1', 'date'],
    ['Jan 1949', 'date'],
    ['1949 September', 'date'],
    ['1949Q1', 'date'],
    ['1949年1月', 'date'],
    ['1949', 'number'],
    ['1949-13', 'category'],
    ['September', 'category'],
    ['Mary 1949', 'category'],
  ])('%s is of type %s', async (value, type) => {
    expect((await read(`when,what\n${value},a\n`)).types[0]).toBe(type);
  });

  test.each([
    ['-1.5e3', true],
    ['.5', true],
    ['5.', true],
    ['+7', true],
    ['0', true],
    ['0.1', true],
    ['1,5', false],
    ['1 000', false],
    ['007', false],
    ['1_000', false],
    ['0x10', false],
    ['inf', false],
    ['1e999', false],
    ['1234567890123456', false],
  ])('%s is a number: %s', async (value, isNumber) => {
    const { types } = await read(`x\ty\n${value}\ta\n2.5\tb\n3\tb\n`);
    expect(types[0] === 'number').toBe(isNumber);
  });

  test('missing words, blank lines, unnamed and empty columns are noted', async () => {
    const { cells, names, notes } = await read('a,,c,d\n1,x,NA,\n\n?,x,2,\nN/A,y,nan,\nnull,,4,\n\n\n');
    expect(names).toEqual(['a', 'column 2', 'c', 'd']);
    expect(cells).toEqual([
      [1, 'x', null, null],
      [null, 'x', 2, null],
      [null, 'y', null, null],
      [null, null, 4, null],
    ]);
    expect(notes).toContainEqual({ code: 'missing-words', parameters: { count: 5 } });
    expect(notes).toContainEqual({ code: 'unnamed-column', parameters: { position: 2, column: 'column 2' } });
    expect(notes).toContainEqual({ code: 'empty-column', parameters: { column: 'd' } });
    expect(notes).toContainEqual({ code: 'blank-lines-skipped', parameters: { count: 1 } });
  });

  test('names that would harm SQL, or differ by case alone, are names', async () => {
    const { names, cells } = await read(`"a""; DROP TABLE x; --",A,a,_index\n1,2,3,4\n5,6,7,8\n`);
    expect(names).toEqual(['a"; DROP TABLE x; --', 'A', 'a', '_index']);
    expect(cells[1]).toEqual([5, 6, 7, 8]);
  });
});

describe('large files', () => {
  test('records and characters that lie over the end of a buffer', async () => {
    const value = 'é\r\n"",'.repeat(30_000);
    const rows = Array.from({ length: 12 }, (_, row) => `${row},"${value}${row}"\r\n`);
    const { cells } = await read(`n,text\r\n${rows.join('')}`);
    expect(cells).toHaveLength(12);
    const whole = value.replaceAll('""', '"');
    for (const [row, [, text]] of cells.entries()) expect(text === `${whole}${row}`).toBe(true);
  });

  test('the row of a bad byte beyond the first buffer', async () => {
    const sound = Buffer.from('a,b\n' + '1234567,é\n'.repeat(200_000));
    await expect(read(Buffer.concat([sound, Buffer.from([49, 44, 0xe9, 10])]))).rejects.toMatchObject({
      code: 'csv-encoding',
      parameters: { row: 200_002 },
    });
  });
});

describe('many columns', () => {
  /** Numbers with a gap here and there; every fifth column holds words. */
  function wide(rows: number, columns: number): string {
    const names = Array.from({ length: columns }, (_, column) => `n${column}`);
    const line = (row: number) =>
      names.map((_, column) =>
        column % 5 === 4 ? `word ${row % 7}` : (row + column) % 50 === 0 ? 'NA' : `${row * column}.25`,
      );
    return [names, ...Array.from({ length: rows }, (_, row) => line(row))].map((cells) => cells.join(',')).join('\n');
  }

  test('200 columns × 5,000 rows are read in memory that does not grow with them', async () => {
    const text = wide(5000, 200);
    const before = process.memoryUsage.rss();
    const { rowCount, types, notes, cells } = await read(text);
    const grown = (process.memoryUsage.rss() - before) / 2 ** 20;
    expect(rowCount).toBe(5000);
    expect(types.filter((type) => type === 'number')).toHaveLength(160);
    expect(types.filter((type) => type === 'category')).toHaveLength(40);
    expect(notes).toContainEqual({ code: 'missing-words', parameters: { count: 16_000 } });
    expect(cells[3]!.slice(0, 5)).toEqual([0.25, 3.25, 6.25, 9.25, 'word 3']);
    // The cells above take most of it.
    expect(grown).toBeLessThan(500);
  }, 60_000);

  test('as many columns as are allowed', async () => {
    const { types } = await read(wide(300, 2000));
    expect(types).toHaveLength(2000);
    await expect(read(wide(2, 2001))).rejects.toMatchObject({
      code: 'csv-too-many-columns',
      parameters: { found: 2001, most: 2000 },
    });
  }, 120_000);
});

test('values are trimmed, words that say missing count, and quotes keep what they hold', async () => {
  const lines = ['a,b,c', '" x ",\tNA , 1', '"say ""na""","?","2"', '"n""a",nAn,-.5', '"  ",b,1e3'];
  const { cells, types, notes } = await read(lines.join('\n'));
  expect(cells).toEqual([
    ['x', null, 1],
    ['say "na"', null, 2],
    ['n"a', null, -0.5],
    [null, 'b', 1000],
  ]);
  expect(types[2]).toBe('number');
  expect(notes).toContainEqual({ code: 'missing-words', parameters: { count: 4 } });
});

test('a row of one column that is missing is a row', async () => {
  const { rowCount, cells } = await read('a\n1\nNA\n""\n2\n3\n');
  expect(rowCount).toBe(5);
  expect(cells).toEqual([[1], [null], [null], [2], [3]]);
});

test.each([
  ['without line ends in values, which two threads read', 'plain words'],
  ['with line ends in values', '"two\nlines"'],
])(
  'many rows %s keep their order and their values',
  async (_, words) => {
    const count = 400_000;
    const line = (row: number) => `${row * 3},${row % 11 === 0 ? words : `w${row % 1000}`},"a, ${row % 7}"`;
    const path = join(folder, 'long.csv');
    writeFileSync(path, `n,words,quoted\n${Array.from({ length: count }, (__, row) => line(row)).join('\n')}`);
    const rows = join(folder, 'long.parquet');
    const target = { rows, work: folder, blobs: folder };
    const context = { signal: new AbortController().signal, progress: () => {}, leaveOut: () => {} };
    expect((await definition.read([{ path, name: 'long.csv' }], target, context)).rowCount).toBe(count);
    const text = words.replaceAll('"', '');
    const lying = await queryRows(`SELECT _index FROM ${literal(rows)}`);
    expect(lying.every(([index], row) => index === row)).toBe(true);
    const wrong =
      await queryRows(`SELECT _index FROM ${literal(rows)} WHERE c0 <> _index * 3 OR c2 <> 'a, ' || (_index % 7)
    OR c1 <> CASE WHEN _index % 11 = 0 THEN ${literal(text)} ELSE 'w' || (_index % 1000) END LIMIT 3`);
    expect(wrong).toEqual([]);
  },
  60_000,
);
