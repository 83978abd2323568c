/** Columns that suggest a split: by their names and how often values repeat; none is seen where there is none. */
import { expect, test } from 'vitest';
import type { Column, ColumnType } from '../contract';
import { partNamedBy, suggestSplit } from './split-columns';

function column(name: string, type: ColumnType, distinct: number, categories: string[] = []): Column {
  const empty = { missing: 0, examples: [], statistics: null, histogram: [], image: null };
  return { name, type, distinct, ...empty, categories: categories.map((value) => ({ value, count: 1 })) };
}
const suggested = (...columns: Column[]) => {
  return suggestSplit({ columns: [...columns, column('y', 'category', 2, ['a', 'b'])], rowCount: 300 }, 'y');
};

test.each([
  'patient',
  'Patient ID',
  'patientId',
  'user_id',
  'SPEAKER',
  'source',
  'hospital-no',
  'customer key',
  'session',
])('%s names whose rows belong together', (name) => {
  expect(suggested(column('x', 'number', 300), column(name, 'category', 60))).toEqual({
    kind: 'grouped',
    column: name,
  });
});

test.each([
  ['patient', 300, 'each row has its own'],
  ['patient', 2, 'two groups are too few'],
  ['impatient', 60, 'another word'],
  ['resource', 60, 'another word'],
  ['height', 60, 'a measure'],
] as const)('%s with %s values suggests nothing: %s', (name, distinct, _why) => {
  expect(suggested(column(name, 'number', distinct))).toBeNull();
});

test('any repeating number of something is a group, and the target is none', () => {
  expect(suggested(column('film_id', 'number', 40))).toEqual({ kind: 'grouped', column: 'film_id' });
  expect(suggestSplit({ columns: [column('user', 'category', 40)], rowCount: 300 }, 'user')).toBeNull();
});

test('dates suggest their order, groups come first, a column of parts before both', () => {
  const when = column('when', 'date', 200);
  const user = column('user', 'category', 40);
  expect(suggested(when)).toEqual({ kind: 'ordered', column: 'when' });
  expect(suggested(column('year', 'number', 30))).toEqual({ kind: 'ordered', column: 'year' });
  expect(suggested(column('year', 'number', 3))).toBeNull();
  expect(suggested(when, user)).toEqual({ kind: 'grouped', column: 'user' });
  const parts = column('split', 'category', 3, ['train', 'Valid', 'TEST']);
  expect(suggested(when, user, parts)).toEqual({ kind: 'given', column: 'split' });
  expect(suggested(column('split', 'category', 3, ['left', 'right', 'test']))).toBeNull();
});

test('words for parts', () => {
  expect([' Train ', 'DEV', 'holdout', 'toString', '', 'tests'].map(partNamedBy)).toEqual([
    'training',
    'validation',
    'test',
    null,
    null,
    null,
  ]);
});
