/** Headers are told from rows as a person would tell them, and headerless columns get names that say what they hold. */
import { expect, test } from 'vitest';
import { nameHeaderless } from './header';

const names = (lines: readonly string[], delimiter: ',' | '\t' = ',') =>
  nameHeaderless(Buffer.from(lines.join('\n')), true, delimiter);
const times = (count: number, line: (row: number) => string) => Array.from({ length: count }, (_, row) => line(row));

test.each<[string, string[]]>([
  ['words over numbers', ['size,kind', ...times(20, (row) => `${row}.5,a`)]],
  ['years over numbers', ['city,2019,2020,2022', ...times(20, (row) => `city ${row},1,${row},3`)]],
  ['places of pixels', ['0,1,2,3', ...times(20, (row) => `${row},0,255,7`)]],
  ['an index that pandas wrote', [',0,1', ...times(20, (row) => `${row},1.5,${row}`)]],
  ['words over words', ['name,town', ...times(20, (row) => `person ${row},town ${row % 3}`)]],
  ['a header alone', ['1,2,5']],
])('%s: a header', (_, lines) => {
  expect(names(lines)).toBeNull();
});

test('numbers over numbers, as in the files of UCI', () => {
  const iris = ['5.1,3.5,1.4,0.2,Iris-setosa', ...times(20, (row) => `4.9,3.${row},1.4,0.2,Iris-setosa`)];
  expect(names(iris)).toEqual(['column 1', 'column 2', 'column 3', 'column 4', 'column 5']);
  expect(names(['?,7,1', '2,9,4', '3,1,?'])).toEqual(['column 1', 'column 2', 'column 3']);
});

test('ratings with their time', () => {
  const lines = times(30, (row) => [196 + row, 242 - row, (row % 5) + 1, 881_250_949 + row].join('\t'));
  expect(names(lines, '\t')).toEqual(['user', 'item', 'rating', 'time']);
});

test('sentence pairs', () => {
  const pairs = ['Hi.\t嗨。', 'Wait!\t等等！', 'Who is it?\t谁？', 'No\t不'];
  expect(names(pairs, '\t')).toEqual(['source', 'target']);
  const credited = pairs.map((pair) => `${pair}\tCC-BY 2.0 (France) Attribution: tatoeba.org`);
  expect(names(credited, '\t')).toEqual(['source', 'target', 'attribution']);
});

test('a label that comes again beside texts', () => {
  const lines = times(40, (row) => `${row % 3 === 0 ? 'spam' : 'ham'}\tmessage number ${row}`);
  expect(names(lines, '\t')).toEqual(['label', 'text']);
});
