/** Kinds of data are told from columns as a person would tell them, with the tasks that fit and those that are not there yet. */
import { expect, test } from 'vitest';
import type { Column, ColumnType } from '../contract';
import { findIn, findingsFor, tasksFor, tasksWithoutTarget } from './index';

function column(name: string, type: ColumnType, examples: string[] = ['a'], distinct = 3): Column {
  const image = type === 'image' ? { height: 8, width: 8, channels: 3, blob: 'x' } : null;
  return { name, type, examples, distinct, missing: 0, statistics: null, histogram: [], categories: [], image };
}
const prose = (name: string) => column(name, 'text', ['A long sentence of several words.'], 90);

test.each<[string, Column[], string[], string[]]>([
  ['table', [column('size', 'number'), column('kind', 'category')], ['table-classification', 'table-regression'], []],
  [
    'ratings',
    [column('user_id', 'category'), column('item_id', 'category'), column('rating', 'number')],
    ['recommendation', 'table-classification', 'table-regression'],
    [],
  ],
  [
    'ratings',
    [
      column('userId', 'number'),
      column('movieId', 'number'),
      column('rating', 'number'),
      column('timestamp', 'number'),
    ],
    ['recommendation', 'table-regression'],
    [],
  ],
  ['sentence-pairs', [prose('source'), prose('target'), prose('attribution')], [], ['translation']],
  ['sentence-pairs', [prose('en'), prose('zh')], [], ['translation']],
  [
    'labelled-texts',
    [prose('text'), column('label', 'category'), column('file', 'text')],
    ['table-classification', 'text-classification'],
    [],
  ],
  [
    'labelled-texts',
    [column('评论', 'text', ['面条很好吃，下次还来', '太咸了，不会再来'], 90), column('label', 'category')],
    ['table-classification', 'text-classification'],
    [],
  ],
  [
    'time-series',
    [column('year', 'number', ['1949'], 90), column('spots', 'number', ['7'], 80)],
    ['series-forecasting', 'table-regression'],
    [],
  ],
  ['table', [column('year', 'number', ['2007'], 3), column('mass', 'number', ['7'], 80)], ['table-regression'], []],
  ['texts', [prose('text')], [], ['text-generation']],
  [
    'labelled-pictures',
    [column('picture', 'image'), column('label', 'category'), column('width', 'number')],
    ['image-classification'],
    [],
  ],
  ['pictures', [column('picture', 'image'), column('file', 'text')], ['image-anomaly'], []],
  [
    'picture-questions',
    [column('picture', 'image'), prose('question'), column('answer', 'category')],
    ['image-classification'],
    ['visual-questions'],
  ],
  ['boxes', [column('picture', 'image'), column('boxes', 'boxes')], [], ['object-detection']],
])('%s', (kind, columns, tasks, notYet) => {
  const found = findIn({ columns });
  expect(found.finding.id).toBe(kind);
  expect(found.tasks.map(({ id }) => id).sort()).toEqual(tasks);
  expect(found.notYet.map(({ id }) => id)).toEqual(notYet);
});

test('pictures without classes can be trained as they are, those with classes only once that is asked for', () => {
  const pictures = [column('picture', 'image'), column('file', 'text'), column('width', 'number')];
  expect(tasksWithoutTarget({ columns: pictures }).map(({ id }) => id)).toEqual(['image-anomaly']);
  expect(tasksFor({ columns: pictures }, '')[0]?.id).toBe('image-anomaly');
  const labelled = [...pictures, column('label', 'category')];
  expect(tasksWithoutTarget({ columns: labelled })).toEqual([]);
  expect(tasksFor({ columns: labelled }, '').map(({ id }) => id)).toContain('image-anomaly');
});

test('a table with a column of notes stays a table', () => {
  const columns = [column('age', 'number'), column('income', 'category'), prose('note')];
  expect(findIn({ columns }).finding.id).toBe('table');
});

test('what the person says goes before what the columns say, where they allow it', () => {
  const columns = [prose('one'), prose('other'), column('n', 'number')];
  expect(findIn({ columns }).finding.id).toBe('table');
  expect(findingsFor(columns).map(({ id }) => id)).toEqual(['ratings', 'sentence-pairs', 'texts', 'table']);
  expect(findIn({ columns, finding: 'sentence-pairs' })).toMatchObject({
    finding: { id: 'sentence-pairs' },
    notYet: [{ id: 'translation' }],
  });
});

test('sentences count what they speak of', () => {
  const columns = [column('picture', 'image', [], 4), prose('question'), column('answer', 'category')];
  const { finding } = findIn({ columns });
  expect(finding.sentence({ rowCount: 38_575, columns }).en).toBe(
    '38,575 questions about 4 pictures, with their answers.',
  );
});
