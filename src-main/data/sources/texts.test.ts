/** Texts, sentence pairs, ratings and questions about pictures: what becomes of sound files, and what is left out of bad ones. */
import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodedError } from '../../contract';
import { queryRows } from '../duckdb';
import type { LeftOutPlace } from '../left-out';
import { chooseSource } from '../source';
import { literal } from '../sql';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-texts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, 'theirs', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
const theirs = () => join(folder, 'theirs');

/** As an import reads it, with all rows and what was left out. */
async function read(path: string) {
  const source = await chooseSource(path);
  const work = mkdtempSync(join(folder, 'work-'));
  const target = { rows: join(work, 'rows.parquet'), work, blobs: join(work, 'blobs') };
  mkdirSync(target.blobs);
  const leftOut: [string, number | undefined, string][] = [];
  const result = await source.read(
    (await source.companions(path)).map((each) => ({ path: each, name: each.slice(folder.length + 8) })),
    target,
    {
      signal: new AbortController().signal,
      progress: () => {},
      leaveOut: (place: LeftOutPlace, reason: CodedError) => leftOut.push([place.file, place.row, reason.code]),
    },
  );
  return {
    source: source.id,
    leftOut,
    notes: result.notes.map(({ code }) => code),
    columns: Object.fromEntries(result.columns.map(({ name, type }) => [name, type])),
    hasGivenSplit: result.hasGivenSplit,
    rowCount: result.rowCount,
    cells: await queryRows(`SELECT * EXCLUDE (_index) FROM ${literal(target.rows)} ORDER BY _index`),
  };
}

const binary = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0xff, 0xfe]);

describe('one text', () => {
  test('by paragraph where blank lines part it, as verse is written', async () => {
    const { source, columns, cells, notes } = await read(
      file('play.txt', 'First:\r\nSpeak, speak.\r\n\r\n\r\nAll:\r\nNA\r\n'),
    );
    expect({ source, columns, notes }).toEqual({
      source: 'text',
      columns: { text: 'text' },
      notes: ['text-by-paragraph'],
    });
    expect(cells).toEqual([['First:\nSpeak, speak.'], ['All:\nNA']]);
  });

  test('by line, in UTF-16, with commas, quotes and numbers that make no table of it', async () => {
    const lines = ['One, two, three.', 'A "quoted, word', '12', 'Last'];
    const { cells } = await read(file('lines.txt', Buffer.from(`\ufeff${lines.join('\r')}`, 'utf16le')));
    expect(cells.map(([text]) => text)).toEqual(lines);
  });

  test('a table is a table, whatever its name', async () => {
    const { source } = await read(file('table.txt', 'size;kind\n1;a\n2;b\n3;b\n'));
    expect(source).toBe('csv');
  });

  test('bytes that are no text are refused with their line', async () => {
    const path = file('half.txt', Buffer.concat([Buffer.from('One.\nTwo.\n'), binary]));
    await expect(read(path)).rejects.toMatchObject({ code: 'csv-encoding', parameters: { row: 3 } });
    await expect(read(file('cut.txt', Buffer.from('One.\né').subarray(0, 6)))).rejects.toMatchObject({
      code: 'csv-encoding',
    });
    await expect(read(file('blank.txt', '\n\n \n'))).rejects.toMatchObject({ code: 'text-empty' });
    await expect(read(file('empty.txt', ''))).rejects.toMatchObject({ code: 'text-empty' });
  });

  test('a line of 1 GB is passed over without being held', async () => {
    const path = file('long.txt', 'Before.\n');
    const stream = createWriteStream(path, { flags: 'a' });
    const piece = Buffer.alloc(16 << 20, 'x');
    for (let at = 0; at < 64; at += 1) if (!stream.write(piece)) await once(stream, 'drain');
    stream.end('\nAfter.\n');
    await once(stream, 'close');
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
    const before = process.memoryUsage.rss();
    const { cells, leftOut } = await read(path);
    clearInterval(watch);
    expect(cells).toEqual([['Before.'], ['After.']]);
    expect(leftOut).toEqual([['long.txt', 2, 'text-row-too-long']]);
    expect((most - before) / 2 ** 20).toBeLessThan(300);
  }, 120_000);
});

describe('sentence pairs', () => {
  test('a table without a header', async () => {
    const lines = [
      'Hi.\t嗨。\tCC-BY Attribution: a',
      'Wait!\t等等！\tCC-BY Attribution: b',
      'No\t不\tCC-BY Attribution: c',
    ];
    const { source, columns, cells, notes } = await read(file('eng-cmn.tsv', lines.join('\n')));
    expect({ source, columns }).toEqual({
      source: 'csv',
      columns: { source: 'text', target: 'text', attribution: 'text' },
    });
    expect(cells[2]).toEqual(['No', '不', 'CC-BY Attribution: c']);
    expect(notes).toContain('no-header');
  });

  test('quotes parted by tabs are characters, with a header or without one, unless a line then falls apart', async () => {
    const { cells, leftOut } = await read(
      file('q.tsv', '"Go," he said.\t走。\n"Hi.\t嗨。\nNo.\t不。\tmore\nYes.\t"是"。\nWho?\t谁？\n'),
    );
    expect(cells).toEqual([
      ['"Go," he said.', '走。'],
      ['"Hi.', '嗨。'],
      ['Yes.', '"是"。'],
      ['Who?', '谁？'],
    ]);
    expect(leftOut).toEqual([['q.tsv', 3, 'values-count']]);
    const named = await read(file('named.tsv', 'one\ttwo\n"a" b\tc\nd\t"e\n'));
    expect(named.cells).toEqual([
      ['"a" b', 'c'],
      ['d', '"e'],
    ]);
    await expect(read(file('bad.tsv', 'one\ttwo\n"a" b\tc\n"d\n"\te\n'))).rejects.toMatchObject({
      code: 'csv-quote-followed',
    });
  });

  test.each([
    ['x.en', 'x.zh', { en: 'text', zh: 'text' }],
    ['train.src', 'train.tgt', { source: 'text', target: 'text' }],
  ])('two files, %s and %s', async (one, other, columns) => {
    file(one, 'Hi.\r\nWait, wait!\r\n\r\nNo\r\n');
    file(other, '嗨。\n等等！\n空\n不');
    for (const name of [one, other]) {
      const found = await read(join(theirs(), name));
      expect({ source: found.source, columns: found.columns }).toEqual({ source: 'aligned-texts', columns });
      expect(found.cells).toEqual([
        ['Hi.', '嗨。'],
        ['Wait, wait!', '等等！'],
        ['No', '不'],
      ]);
      expect(found.leftOut).toEqual([[one, 3, 'pair-incomplete']]);
    }
  });

  test('uneven files are refused with both counts', async () => {
    file('x.en', 'a\nb\nc\nd\n');
    await expect(read(file('x.zh', '一\n二\n'))).rejects.toMatchObject({
      code: 'pairs-lines-differ',
      parameters: { file: 'x.zh', lines: 2, other: 'x.en', found: 4 },
    });
  });

  test('a file alone, or beside one of bytes, is no pair', async () => {
    await expect(read(file('alone.en', 'Hi.\n'))).rejects.toMatchObject({ code: 'source-unknown' });
    file('b.zh', binary);
    await expect(read(file('b.en', 'Hi.\nYes.\n'))).rejects.toMatchObject({ code: 'csv-encoding' });
  });
});

describe('ratings', () => {
  const header = 'user_id:token\titem_id:token\trating:float\ttimestamp:float';
  const ratings = ['7\t01\t3.5\t881250949', '7\t02\t1\t881250950', '8\t03\t5\t881250951'];

  test('with the features of items and users beside them', async () => {
    const path = file('small.inter', [header, ...ratings].join('\n'));
    file(
      'small.item',
      'item_id:token\ttitle:token_seq\tyear:token\trating:float\n01\t1984\t1995\t2\n02\tTwo\t1996\t3\n02\tAgain\t1\t1\n',
    );
    file('small.user', 'user_id:token\tage:float\n7\t24\n8\t53\n');
    const found = await read(path);
    expect(found.columns).toEqual({
      user_id: 'category',
      item_id: 'category',
      rating: 'number',
      timestamp: 'number',
      title: 'text',
      year: 'category',
      'rating (item)': 'number',
      age: 'number',
    });
    expect(found.cells).toEqual([
      ['7', '01', 3.5, 881250949, '1984', '1995', 2, 24],
      ['7', '02', 1, 881250950, 'Two', '1996', 3, 24],
      ['8', '03', 5, 881250951, null, null, null, 53],
    ]);
    expect(found.leftOut).toEqual([['small.item', 4, 'features-repeated']]);
  });

  test('MovieLens, whose titles are in Latin-1 and whose files have no header', async () => {
    const path = file('u.data', '1\t1\t3\t881250949\n2\t1\t4\t881250950\n');
    const item = ['1', 'Misérables, Les (1995)', '01-Jan-1995', '', 'http://x', ...new Array<string>(19).fill('0')];
    file('u.item', Buffer.from(`${item.join('|')}\n`, 'latin1'));
    const { source, columns, cells } = await read(path);
    expect(source).toBe('ratings');
    expect(Object.keys(columns).slice(0, 5)).toEqual(['user', 'item', 'rating', 'time', 'title']);
    expect(cells[1]!.slice(0, 5)).toEqual(['2', '1', 4, 881250950, 'Misérables, Les (1995)']);
  });

  test('rows that are cut, too wide or no ratings are left out', async () => {
    const bad = ['9\t01', `9\t01\t${'x\t'.repeat(500_000)}`, '9\t01\tgood\t881250951', '', '9\t01\t4\t881250951'];
    const { cells, leftOut } = await read(file('bad.inter', [header, ...ratings, ...bad].join('\n')));
    expect(cells).toHaveLength(4);
    expect(leftOut).toEqual([
      ['bad.inter', 5, 'values-count'],
      ['bad.inter', 6, 'values-count'],
      ['bad.inter', 7, 'rating-not-number'],
    ]);
  });

  test('features that are no text are left out, and the ratings stay', async () => {
    const path = file('half.inter', [header, ...ratings].join('\n'));
    file('half.item', Buffer.concat([Buffer.from('item_id:token\ttitle:token_seq\n'), binary]));
    const { rowCount, leftOut } = await read(path);
    expect(rowCount).toBe(3);
    expect(leftOut).toEqual([['half.item', undefined, 'csv-encoding']]);
  });

  test('a header without users or types is refused', async () => {
    await expect(read(file('x.inter', 'item_id:token\trating:float\n1\t2\n'))).rejects.toMatchObject({
      code: 'ratings-header',
    });
    await expect(read(file('y.inter', `${header}\n`))).rejects.toMatchObject({ code: 'csv-header-only' });
  });
});

describe('texts in folders', () => {
  test('the folder is the class, train and test the split', async () => {
    for (const part of ['train', 'test']) {
      for (const label of ['neg', 'pos']) file(`${part}/${label}/1.txt`, `A ${label} text,\r\nof "${part}".\n`);
    }
    file('train/pos/2.md', '# Título');
    const found = await read(theirs());
    expect(found.columns).toEqual({ text: 'text', label: 'category', file: 'text' });
    expect(found.hasGivenSplit).toBe(true);
    expect(found.cells).toContainEqual(['A neg text,\nof "test".', 'neg', 'test/neg/1.txt', 'test']);
    expect(found.cells).toContainEqual(['# Título', 'pos', 'train/pos/2.md', 'training']);
    expect(found.leftOut).toEqual([]);
  });

  test('what is no text, too long, empty or without a class is left out', async () => {
    file('a/1.txt', 'one');
    file('b/c/2.txt', Buffer.from('\ufefftwo', 'utf16le'));
    file('a/bytes.txt', binary);
    file('a/latin.txt', Buffer.from('é', 'latin1'));
    file('a/empty.txt', ' \n');
    file('a/table.csv', 'a,b\n1,2\n');
    file('b/c/long.txt', 'x'.repeat(5 << 20));
    file('readme.txt', 'words');
    const found = await read(theirs());
    expect(found.cells).toEqual([
      ['one', 'a', 'a/1.txt'],
      ['two', 'b/c', 'b/c/2.txt'],
    ]);
    expect(Object.fromEntries(found.leftOut.map(([name, , code]) => [name, code]))).toEqual({
      'a/bytes.txt': 'csv-encoding',
      'a/latin.txt': 'csv-encoding',
      'a/empty.txt': 'text-empty',
      'a/table.csv': 'text-other-file',
      'b/c/long.txt': 'text-too-long',
      'readme.txt': 'text-without-class',
    });
  });

  test('none that can be used is a refusal', async () => {
    file('a/1.txt', binary);
    await expect(read(theirs())).rejects.toMatchObject({ code: 'texts-all-left-out', parameters: { count: 1 } });
  });
});

describe('questions about pictures', () => {
  function picture(name: string, colour: string): void {
    const canvas = createCanvas(8, 8);
    const context = canvas.getContext('2d');
    context.fillStyle = colour;
    context.fillRect(0, 0, 8, 8);
    file(name, canvas.toBuffer('image/png'));
  }

  test('each question gets its picture, which is stored once', async () => {
    picture('train/images/0.png', 'red');
    picture('train/images/1.png', 'blue');
    picture('test/images/0.png', 'green');
    const questions = [
      ['what colour?', 'red', 0],
      ['what colour?', 'blue', 1],
      ['is it red?', 'yes', 0],
      ['half'],
      ['none?', 'no', 9],
    ];
    file('train/questions.json', JSON.stringify(questions));
    file('test/questions.json', JSON.stringify([['what colour?', 'green', 0]]));
    file('answers.txt', 'red\nblue\n');
    const found = await read(theirs());
    expect(found.columns).toEqual({ picture: 'image', question: 'text', answer: 'category', file: 'text' });
    expect(found.hasGivenSplit).toBe(true);
    const byQuestion = found.cells.map(([place, question, answer, name]) => [question, answer, name, place]);
    expect(byQuestion.map((row) => row.slice(0, 3))).toEqual([
      ['what colour?', 'green', 'test/images/0.png'],
      ['what colour?', 'red', 'train/images/0.png'],
      ['what colour?', 'blue', 'train/images/1.png'],
      ['is it red?', 'yes', 'train/images/0.png'],
    ]);
    expect(byQuestion[1]![3]).toBe(byQuestion[3]![3]);
    expect(new Set(byQuestion.map(([, , , place]) => place)).size).toBe(3);
    expect(found.leftOut).toEqual([
      ['train/questions.json', 4, 'question-incomplete'],
      ['train/questions.json', 5, 'question-without-picture'],
      ['answers.txt', undefined, 'file-of-other-kind'],
    ]);
  });
});

/** Where a package of Python lies, which is not loaded; null where it is not installed. */
function pythonPackage(name: string): string | null {
  const question = `import importlib.util as u; print(u.find_spec('${name}').submodule_search_locations[0])`;
  const { status, stdout } = spawnSync('python3', ['-c', question], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

const shared = join(import.meta.dirname, '../../../../shared/data');
const inPackage = (name: string, path: string) => join(pythonPackage(name) ?? `no-package-${name}`, path);

const realData: readonly (readonly [path: string, rows: number, leftOut: number, columns: readonly string[]])[] = [
  [join(shared, 'tatoeba-eng-cmn.tsv'), 26_388, 0, ['source', 'target', 'attribution']],
  [join(shared, 'tinyshakespeare.txt'), 7222, 0, ['text']],
  [
    inPackage('recbole', 'dataset_example/ml-100k/ml-100k.inter'),
    100_000,
    0,
    [
      ...['user_id', 'item_id', 'rating', 'timestamp', 'movie_title', 'release_year', 'class'],
      ...['age', 'gender', 'occupation', 'zip_code'],
    ],
  ],
  [inPackage('easy_vqa', 'data'), 48_248, 2, ['picture', 'question', 'answer', 'file']],
];

describe('real data', () => {
  for (const [path, rows, leftOut, columns] of realData) {
    test.skipIf(!existsSync(path))(
      path,
      async () => {
        const found = await read(path);
        expect(found.rowCount).toBe(rows);
        expect(Object.keys(found.columns)).toEqual(columns);
        expect(found.leftOut).toHaveLength(leftOut);
      },
      180_000,
    );
  }
});
