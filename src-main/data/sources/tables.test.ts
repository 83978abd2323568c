/** Tables in forms other than CSV: what they become, and what damaged and hostile ones are refused with. */
import Database from 'better-sqlite3';
import { zipSync, strToU8 } from 'fflate';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError, type Reading } from '../../contract';
import { execute, queryRows } from '../duckdb';
import { chooseSource } from '../source';
import { literal } from '../sql';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-tables-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string) => join(folder, name);

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
}

/** As an import reads it: the source is found by name and content. */
async function read(path: string, signal = new AbortController().signal, reading: Reading = {}) {
  const source = await chooseSource(path);
  const work = mkdtempSync(join(folder, 'work-'));
  const rows = join(work, 'rows.parquet');
  mkdirSync(join(work, 'blobs'));
  const target = { rows, work, blobs: join(work, 'blobs') };
  const result = await source.read([{ path, name: path.slice(folder.length + 1) }], target, {
    signal,
    progress: () => {},
    leaveOut: () => {},
    reading,
  });
  return {
    source: source.id,
    notes: result.notes,
    names: result.columns.map(({ name }) => name),
    types: result.columns.map(({ type }) => type),
    cells: await queryRows(`SELECT * EXCLUDE (_index) FROM ${literal(rows)} ORDER BY _index`),
  };
}

async function refusal(path: string): Promise<CodedError> {
  const error: unknown = await read(path).then(
    () => new Error('it was read'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CodedError)) throw error;
  return error;
}

const people = [
  { name: 'Ada, "the first"', born: '1815-12-10', height: 1.65, note: null },
  { name: '王伟', born: '1990-01-02', height: 1.8, note: 'two\nlines' },
  { name: 'NA', born: '2001-05-06', height: null, note: '007' },
];
const peopleCells = [
  ['Ada, "the first"', '1815-12-10', 1.65, null],
  ['王伟', '1990-01-02', 1.8, 'two\nlines'],
  // A word that means "missing" is missing in every form, as it is in CSV.
  [null, '2001-05-06', null, '007'],
];
const peopleTypes = ['category', 'date', 'number', 'category'];

/** The parts of a workbook that a reader needs. */
function workbook(sheets: Record<string, string>): Uint8Array {
  const names = Object.keys(sheets);
  const spread = (write: (name: string, number: number) => string) =>
    names.map((name, at) => write(name, at + 1)).join('');
  const office = 'http://schemas.openxmlformats.org';
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets>${spread((name, number) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${office}/package/2006/relationships">${spread((_, number) => `<Relationship Id="rId${number}" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${number}.xml"/>`)}</Relationships>`,
  };
  for (const [at, rows] of Object.values(sheets).entries()) {
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

/** The same zip, whose directory says another size of the first sheet. */
function sayingSize(zip: Uint8Array, size: number): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset);
  const [entry, nameAt, sizeAt] = [0x02014b50, 46, 24];
  for (let at = 0; at < zip.length - nameAt; at += 1) {
    if (view.getUint32(at, true) !== entry) continue;
    const name = Buffer.from(zip.subarray(at + nameAt, at + nameAt + view.getUint16(at + 28, true)));
    if (name.includes('sheet1.xml')) view.setUint32(at + sizeAt, size, true);
  }
  return zip;
}

const words = (row: number, ...texts: string[]) =>
  `<row r="${row}">${texts.map((text, at) => `<c r="${'ABC'[at]}${row}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

describe('the same table', () => {
  test('as a list of JSON records', async () => {
    const { source, cells, types, names } = await read(file('people.json', JSON.stringify(people)));
    expect({ source, names, types, cells }).toEqual({
      source: 'json',
      names: ['name', 'born', 'height', 'note'],
      types: peopleTypes,
      cells: peopleCells,
    });
  });

  test('as lines of JSON', async () => {
    const lines = people.map((one) => JSON.stringify(one)).join('\n');
    const { types, cells } = await read(file('people.jsonl', lines));
    expect({ types, cells }).toEqual({ types: peopleTypes, cells: peopleCells });
  });

  test('as Parquet, whatever its name', async () => {
    const json = file('people.json', JSON.stringify(people));
    await execute(
      `COPY (SELECT * FROM read_json(${literal(json)})) TO ${literal(inFolder('people.csv'))} (FORMAT parquet)`,
    );
    const { source, types, cells } = await read(inFolder('people.csv'));
    expect({ source, types, cells }).toEqual({ source: 'parquet', types: peopleTypes, cells: peopleCells });
  });

  test('in SQLite, where smaller tables stand beside it', async () => {
    const db = new Database(inFolder('people.db'));
    db.exec('CREATE TABLE people (name, born, height REAL, note); CREATE TABLE few (a); INSERT INTO few VALUES (1)');
    const insert = db.prepare('INSERT INTO people VALUES (@name, @born, @height, @note)');
    for (const one of people) insert.run(one);
    db.close();
    const { source, types, cells, notes } = await read(inFolder('people.db'));
    expect({ source, types, cells }).toEqual({ source: 'sqlite', types: peopleTypes, cells: peopleCells });
    expect(notes).toContainEqual({ code: 'table-chosen', parameters: { table: 'people', count: 1 } });
  });

  test('in a workbook: words, numbers, and the saved value of a formula', async () => {
    const formula = '<row r="3"><c r="A3" t="inlineStr"><is><t>王伟</t></is></c><c r="B3"><f>1+1</f><v>2</v></c></row>';
    const number = '<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c><c r="B2"><v>1.5</v></c></row>';
    const more = [4, 5].map((row) => words(row, 'x', '')).join('');
    const sheets = { Empty: '', People: words(1, 'name', 'size') + number + formula + more, Other: words(1, 'a') };
    const { source, names, cells, notes } = await read(file('people.xlsx', workbook(sheets)));
    expect({ source, names }).toEqual({ source: 'excel', names: ['name', 'size'] });
    expect(cells.slice(0, 2)).toEqual([
      ['Ada', 1.5],
      ['王伟', 2],
    ]);
    expect(notes).toContainEqual({ code: 'sheet-chosen', parameters: { sheet: 'People', count: 1 } });
  });

  test('in a workbook, whose sheets are told by name, and whose first row is data where a person says so', async () => {
    const more = [2, 3].map((row) => words(row, `w${row}`, `v${row}`)).join('');
    const path = file('two.xlsx', workbook({ One: words(1, 'a'), Two: words(1, 'w1', 'v1') + more }));
    const { signal } = new AbortController();
    const context = { signal, progress: () => {} };
    const source = await chooseSource(path);
    expect(await source.tables?.([{ path, name: 'two.xlsx' }], folder, context)).toEqual([
      { name: 'One', rows: 0, columns: 1 },
      { name: 'Two', rows: 2, columns: 2 },
    ]);
    const { names, cells, notes } = await read(path, signal, { table: 'Two', header: 'data' });
    expect({ names, first: cells[0], rows: cells.length }).toEqual({
      names: ['column 1', 'column 2'],
      first: ['w1', 'v1'],
      rows: 3,
    });
    expect(notes.map(({ code }) => code)).toEqual(['table-taken', 'no-header']);
  });
});

describe('values that a table of text has not', () => {
  test('lists and records stay as JSON, what is infinite is missing', async () => {
    await execute(`COPY (SELECT * FROM (VALUES (1.5::DOUBLE, [1, 2], {'a': 'b'}), ('inf'::DOUBLE, [], {'a': NULL}), ('nan'::DOUBLE, NULL, NULL))
      AS t(number, list, record)) TO ${literal(inFolder('t.parquet'))} (FORMAT parquet)`);
    expect((await read(inFolder('t.parquet'))).cells).toEqual([
      [1.5, '[1,2]', '{"a":"b"}'],
      [null, '[]', '{"a":null}'],
      [null, null, null],
    ]);
  });

  test('keep types of Parquet that people have: times with a zone in UTC, nanoseconds, decimals, truth, long numbers', async () => {
    await execute(`COPY (SELECT TIMESTAMPTZ '2024-03-01 10:00:00+02' + INTERVAL (range) HOUR AS zoned,
      (TIMESTAMP '2024-03-01 10:00:00' + INTERVAL (range) HOUR)::TIMESTAMP_NS AS fine,
      (range * 1.25)::DECIMAL(18, 4) AS price, range % 2 = 0 AS flag, 9007199254740993 + range AS long FROM range(9))
      TO ${literal(inFolder('kinds.parquet'))} (FORMAT parquet)`);
    const { types, cells } = await read(inFolder('kinds.parquet'));
    expect(types).toEqual(['date', 'date', 'number', 'category', 'text']);
    expect(cells[1]).toEqual(['2024-03-01 09:00:00', '2024-03-01 11:00:00', 1.25, 'false', '9007199254740994']);
  });

  test('columns of bytes are left out and named', async () => {
    await execute(`COPY (SELECT 1 AS a, 'x'::BLOB AS picture) TO ${literal(inFolder('b.parquet'))} (FORMAT parquet)`);
    const { names, notes } = await read(inFolder('b.parquet'));
    expect(names).toEqual(['a']);
    expect(notes).toContainEqual({ code: 'column-of-bytes', parameters: { column: 'picture' } });
  });

  test('whole numbers of SQLite keep their digits', async () => {
    const db = new Database(inFolder('long.db'));
    db.exec('CREATE TABLE t (id INTEGER, data); INSERT INTO t VALUES (9007199254740993, 1)');
    db.prepare('INSERT INTO t VALUES (?, ?)').run(9007199254740995n, Buffer.from([1, 2]));
    db.close();
    const { cells, notes } = await read(inFolder('long.db'));
    expect(cells.map(([id]) => id)).toEqual(['9007199254740993', '9007199254740995']);
    expect(notes).toContainEqual({ code: 'column-of-bytes', parameters: { column: 'data' } });
  });
});

describe('refused, with the file named', () => {
  test('files that end early', async () => {
    await execute(`COPY (SELECT range AS a FROM range(1000)) TO ${literal(inFolder('cut.parquet'))} (FORMAT parquet)`);
    truncateSync(inFolder('cut.parquet'), statSync(inFolder('cut.parquet')).size - 20);
    const db = new Database(inFolder('cut.db'));
    db.exec('CREATE TABLE t (a)');
    for (let at = 0; at < 500; at += 1) db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(500));
    db.close();
    truncateSync(inFolder('cut.db'), 8192);
    const book = workbook({ One: words(1, 'a') + words(2, 'b') });
    file('cut.xlsx', book.subarray(0, book.length - 40));
    file('cut.json', '[{"a": 1}, {"a": ');
    for (const name of ['cut.parquet', 'cut.db', 'cut.xlsx', 'cut.json']) {
      const error = await refusal(inFolder(name));
      expect(error.code).toBe('table-damaged');
      expect(error.parameters['file']).toBe(name);
      expect(String(error.parameters['reason'])).not.toContain(folder);
    }
  });

  test('a name that promises what the file is not', async () => {
    expect((await refusal(file('text.parquet', 'a,b\n1,2\n'))).code).toBe('source-unknown');
    expect((await refusal(file('text.xlsx', 'a,b\n1,2\n'))).code).toBe('source-unknown');
    // A zip is opened as the folder it holds, whatever it is called.
    expect((await refusal(file('zip.csv', workbook({ One: '' })))).code).toBe('tree-unknown');
  });

  test('a workbook that says that it unpacks to more than memory holds', async () => {
    const bomb = sayingSize(workbook({ One: words(1, 'a') }), 600 << 20);
    expect((await refusal(file('bomb.xlsx', bomb))).code).toBe('workbook-too-large');
  });

  test('a workbook whose sheet is larger than it says', async () => {
    const lying = sayingSize(workbook({ One: words(1, 'a') + words(2, 'b').repeat(5000) }), 10);
    expect((await refusal(file('lying.xlsx', lying))).code).toBe('table-damaged');
  });

  test('more columns than can be read', async () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`c${at}`, at]));
    const error = await refusal(file('wide.json', JSON.stringify([wide])));
    expect(error.code).toBe('csv-too-many-columns');
    expect(error.parameters).toEqual({ file: 'wide.json', found: 5000, most: 2000 });
  });

  test('a value of 100 MB', async () => {
    const error = await refusal(file('large.json', `[{"a": "${'x'.repeat(100 << 20)}"}]`));
    expect(error.code).toBe('table-damaged');
  });

  test('JSON that is nested without end, or holds no records', async () => {
    const deep = `[{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}]`;
    expect((await refusal(file('deep.json', deep))).code).toBe('json-too-deep');
    const brackets = `[{"a": "${'['.repeat(1000)}\\"["}]`;
    expect((await read(file('brackets.json', brackets))).cells).toEqual([[`${'['.repeat(1000)}"[`]]);
    expect((await refusal(file('numbers.json', '[1, 2, 3]'))).code).toBe('table-damaged');
  });

  test('a database of views and virtual tables only, which nobody runs', async () => {
    const db = new Database(inFolder('views.db'));
    db.exec(`CREATE VIRTUAL TABLE words USING fts5(text); CREATE VIEW v AS SELECT load_extension('x')`);
    db.exec('DROP TABLE words');
    db.close();
    expect((await refusal(inFolder('views.db'))).code).toBe('database-without-table');
  });
});

test('a cancel ends the reading of a long table', async () => {
  const db = new Database(inFolder('long.db'));
  db.exec(
    'CREATE TABLE t (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) INSERT INTO t SELECT i FROM n',
  );
  db.close();
  const control = new AbortController();
  const reading = read(inFolder('long.db'), control.signal);
  setImmediate(() => control.abort(new CodedError('job-cancelled')));
  await expect(reading).rejects.toMatchObject({ code: 'job-cancelled' });
});

test("nothing is written beside the person's file", async () => {
  mkdirSync(inFolder('theirs'));
  const path = join(inFolder('theirs'), 'wal.db');
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)');
  const before = readdirSync(inFolder('theirs')).sort();
  const { cells } = await read(path);
  // What stands in the write-ahead log only is read too.
  expect(cells).toEqual([[1], [2], [3]]);
  expect(readdirSync(inFolder('theirs')).sort()).toEqual(before);
  db.close();
  expect(existsSync(path)).toBe(true);
});

describe('values parted by spaces', () => {
  const cars = [
    ['18.0   8   307.0', '"chevrolet chevelle"'],
    ['15.0   8   ?    ', '"buick skylark"'],
    ['24.0   4   113.0', '"toyota corona"'],
  ];

  test.each(['\t', '  '])('columns, gaps and words in quotes, with %j before these', async (before) => {
    const text = cars.map(([numbers, name]) => ` ${numbers}${before}${name}\r\n`).join('\r\n');
    const { source, cells, notes } = await read(file('auto-mpg.data', text));
    expect(source).toBe('spaced');
    expect(cells).toEqual([
      [18, 8, 307, 'chevrolet chevelle'],
      [15, 8, null, 'buick skylark'],
      [24, 4, 113, 'toyota corona'],
    ]);
    expect(notes.map(({ code }) => code)).toEqual(expect.arrayContaining(['parted-by-spaces', 'no-header']));
  });

  test('a header is found, and what a person says of it counts', async () => {
    const path = file('grades.txt', "'GPA' 'SCORE' PSI\n2.66 20 0.5\n2.89 22 1.5\n3.28 24 2.5\n");
    expect(await read(path)).toMatchObject({ names: ['GPA', 'SCORE', 'PSI'], types: ['number', 'number', 'number'] });
    const { cells } = await read(path, undefined, { header: 'data' });
    expect(cells[0]).toEqual(['GPA', 'SCORE', 'PSI']);
  });

  test('rows that R names', async () => {
    const path = file('cars.txt', '"mpg" "cyl"\n"Mazda RX4" 21 6\n"Datsun 710" 22.8 4\n"Duster 360" 14.3 8\n');
    const { names, cells } = await read(path);
    expect(names).toEqual(['row', 'mpg', 'cyl']);
    expect(cells[0]).toEqual(['Mazda RX4', 21, 6]);
  });

  test.each([
    ['prose', 'notes.txt', 'it was 5\nin the year 2\nof the king\n', 'text'],
    ['commas and spaces', 'a.csv', '1, 2, 3\n4, 5, 6\n7, 8, 9\n', 'csv'],
    ['tabs', 'a.tsv', '1\t2\n3\t4\n5\t6\n', 'csv'],
    ['names with spaces between tabs', 'a.tsv', 'Ann Lee\t2\nBo Li\t4\nCy Oh\t6\n', 'csv'],
  ])('%s are none of it', async (_, name, text, source) => {
    expect((await read(file(name, text))).source).toBe(source);
  });

  test('a row with other values than the rest is named', async () => {
    const rows = Array.from({ length: 12_000 }, (_, row) => `${row} ${row % 7} ${row % 3}`);
    rows[11_000] = '1 2';
    const error = await refusal(file('long.dat', rows.join('\n')));
    expect(error).toMatchObject({ code: 'csv-ragged', parameters: { row: 11_001, found: 2, expected: 3 } });
  });
});
