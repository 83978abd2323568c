/** The one pass over sound records: against a plain parser, however the bytes are cut, and where it stops. */
import { describe, expect, test } from 'vitest';
import { isMissingText, parseNumber } from '../missing';
import { randomSource } from '../random';
import { recordValues, scanRecords } from './records';
import { ValueWriter } from './values';

const comma = 44;
const values = [
  ...['', ' ', '1', '0', '-1.5', '+.5', '5.', '0.', '007', '-0', '.', '12345678901234.5', '1234567890123456', '1e5'],
  ...[
    'NA',
    'na',
    ' null ',
    '?',
    'nan',
    'N/A',
    'no',
    'n',
    'nuts',
    '?!',
    '2024-01-31',
    '2024/1/1',
    '20240101-/',
    '1.2.3',
  ],
  ...['2024-01-01T10:20', '1-2-3-4-55', 'words of some length', 'é'],
  ...['""', '" "', '"a"', '"a,b"', '"a\nb"', '"x""y"', '"\r\nq"', '"NA"', '"12"', '"é😀"', '"2024-01-01"', '"\n5"'],
];

/** A table of those values and blank lines, its end of line and the last one's presence by chance. */
function makeTable(random: () => number): { text: string; columns: number } {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const columns = 1 + Math.floor(random() * 4);
  const end = pick(['\n', '\r\n', '\r']);
  const few = random() < 0.5 ? values : [pick(values), pick(values), pick(values)];
  const lines = Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
    random() < 0.1 ? pick(['', '  ', '\t']) : Array.from({ length: columns }, () => pick(few)).join(','),
  );
  return { text: lines.join(end) + (random() < 0.5 ? end : ''), columns };
}

/** The same by way of whole strings. */
function reference(text: string, columns: number) {
  const buffer = Buffer.from(text);
  const rows: (string | null)[][] = [];
  let words = 0;
  let blank = 0;
  let waiting = 0;
  scanRecords(buffer, comma, true, { row: 1 }, (record) => {
    if (record.blank) waiting += 1;
    else {
      blank += waiting;
      waiting = 0;
      const cells = recordValues(buffer, record, comma);
      words += cells.filter((cell) => cell !== '' && isMissingText(cell)).length;
      rows.push(cells.map((cell) => (isMissingText(cell) ? null : cell.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''))));
    }
    return true;
  });
  const scans = Array.from({ length: columns }, (_, column) => {
    const present = rows.flatMap((row) => row[column] ?? []);
    const digit = (value: string) => (value === '0' ? 1 : value === '1' ? 2 : 4);
    return {
      present: present.length,
      numbers: present.every((value) => parseNumber(value) !== null),
      comma: 'never',
      dates: present.every((value) => /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(T\d\d:\d\d)?$/.test(value)),
      digits: present.reduce((bits, value) => bits | digit(value), 0),
      longest: Math.max(0, ...present.map((value) => [...value].length)),
    };
  });
  return { rows: rows.map((row, index) => [String(index), ...row]), scans, words, blank };
}

/** What the writer makes of bytes that come so many at a time. */
function writeInPieces(bytes: Buffer, columns: number, size: number) {
  const writer = new ValueWriter(columns, comma, 1);
  const written: Buffer[] = [];
  let rest = Buffer.alloc(0);
  for (let at = 0; at < bytes.length && !writer.isStopped; at += size) {
    const buffer = Buffer.concat([rest, bytes.subarray(at, at + size)]);
    writer.reserve(buffer.length);
    const end = writer.write(buffer, 0, at + size >= bytes.length);
    written.push(Buffer.from(writer.written()));
    rest = Buffer.from(buffer.subarray(end));
  }
  const plain = Buffer.concat(written);
  const rows: (string | null)[][] = [];
  scanRecords(plain, comma, true, { row: 1 }, (record) => {
    expect(record.problem).toBeNull();
    rows.push(recordValues(plain, record, comma).map((value) => (value === '' ? null : value)));
    return true;
  });
  return { writer, plain: plain.toString(), rows };
}

describe('sound records', () => {
  test('become the same as by way of strings, wherever a buffer ends', () => {
    const random = randomSource(7);
    for (let table = 0; table < 400; table += 1) {
      const { text, columns } = makeTable(random);
      const bytes = Buffer.from(text);
      const expected = reference(text, columns);
      for (const size of [1, 2, 3, 7, bytes.length]) {
        const { writer, rows } = writeInPieces(bytes, columns, size);
        const found = {
          rows,
          scans: writer.columns,
          words: writer.missingWords,
          blank: writer.blankLines,
        };
        expect(found, JSON.stringify({ text, size })).toEqual(expected);
      }
    }
  });

  test('lose quotes that nothing needs, and say whether a value has a line end', () => {
    expect(writeInPieces(Buffer.from('"1","a b"\n" x ","a,""b"\n'), 2, 99)).toMatchObject({
      plain: '0,1,a b\n1,x,"a,""b"\n',
      writer: { hasLineEnds: false, longestRecord: 12 },
    });
    expect(writeInPieces(Buffer.from('"a\nb"\n'), 1, 99).writer.hasLineEnds).toBe(true);
    // At the ends it is trimmed off.
    expect(writeInPieces(Buffer.from('"\nb\r\n"\n'), 1, 99).writer.hasLineEnds).toBe(false);
  });
});

test.each([
  ['a quote inside', '1,2\n3,4\n5,x"\n', 3],
  ['a quote followed', '1,2\n"3\n4",5\n"6"7,8\n', 4],
  ['a quote unclosed', '1,2\n\n3,"4\n', 3],
  ['too few values', '1,2\r\n3\r\n', 2],
  ['too many values', '1,2\r3,4,5\r', 2],
])('%s stops it before the record, whose line it knows', (_, text, row) => {
  for (const size of [1, 2, 99]) {
    const { writer, rows } = writeInPieces(Buffer.from(text), 2, size);
    expect(writer).toMatchObject({ isStopped: true, row });
    expect(rows.map(([index]) => index)).toEqual(Array.from({ length: writer.rows }, (__, at) => String(at)));
  }
});
