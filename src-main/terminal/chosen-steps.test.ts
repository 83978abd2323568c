/** `--step`: in order by column, whatever the column is called. */
import { expect, test } from 'vitest';
import type { DataSetup, DatasetVersion } from '../contract';
import { stepLines, withSteps } from './chosen-steps';

const columns = ['price', 'a=b', 'note'].map((name) => ({ name })) as DatasetVersion['columns'];
const setup = { steps: { price: [{ type: 'log', fields: {} }] } } as unknown as DataSetup;

test('steps of a column replace what it had; other columns keep theirs', () => {
  const texts = ['a=b=impute:strategy=constant,value=-2.5,flag=false', 'a=b=standardize', 'note=none'];
  const { steps } = withSteps(setup, { columns }, texts);
  expect(steps).toEqual({
    price: [{ type: 'log', fields: {} }],
    'a=b': [
      { type: 'impute', fields: { strategy: 'constant', value: -2.5, flag: false } },
      { type: 'standardize', fields: {} },
    ],
    note: [],
  });
  expect(withSteps(setup, { columns }, [])).toBe(setup);
  expect(stepLines({ steps })).toEqual([
    'Steps of price: log',
    'Steps of a=b: impute:strategy=constant,value=-2.5,flag=false → standardize',
    'Steps of note: none',
  ]);
});

test.each([
  ['price', 'argument-invalid'],
  ['=log', 'argument-invalid'],
  ['price=log:base', 'argument-invalid'],
  ['cost=log', 'column-missing'],
])('%s is refused', (text, code) => {
  expect(() => withSteps(setup, { columns }, [text])).toThrow(expect.objectContaining({ code }));
});
