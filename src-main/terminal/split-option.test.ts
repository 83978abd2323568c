/** `--split`: written shortly over the split that is there, refused by name where it cannot be read. */
import { expect, test } from 'vitest';
import type { Split } from '../contract';
import { parseSplit, splitText } from './split-option';

const base: Split = { kind: 'random', seed: 5, validation: 0.1, test: 0.2, stratified: false };
const byFiles: Split = { kind: 'given', seed: 5, validation: 0.1, test: 0.2, stratified: false };

test.each<[string, Split]>([
  ['random', base],
  ['random:seed=9,test=0.3,stratified=true', { ...base, seed: 9, test: 0.3, stratified: true }],
  ['grouped:column=patient', { ...base, kind: 'grouped', column: 'patient' }],
  ['grouped:column=a,b=c: d,seed=1', { ...base, kind: 'grouped', column: 'a,b=c: d', seed: 1 }],
  ['ordered', { kind: 'ordered', column: null, validation: 0.1, test: 0.2 }],
  ['ordered:column=when,validation=0', { kind: 'ordered', column: 'when', validation: 0, test: 0.2 }],
  ['given', { ...byFiles, ownValidation: true }],
  ['given:own-validation=false,test=0', { ...byFiles, test: 0 }],
  [
    'given:column=use,values=a>b>training;c>none',
    {
      kind: 'given',
      seed: 5,
      validation: 0.1,
      stratified: false,
      column: 'use',
      values: { 'a>b': 'training', c: 'none' },
    },
  ],
  ['random:duplicates=together', { ...base, duplicates: { alike: 'near', action: 'together' } }],
  [
    'ordered:alike=exact,duplicates=left-out',
    { kind: 'ordered', column: null, validation: 0.1, test: 0.2, duplicates: { alike: 'exact', action: 'left-out' } },
  ],
])('%s', (text, expected) => {
  expect(parseSplit(text, base)).toEqual(expected);
});

test.each([
  'halves',
  'toString',
  '',
  'random:share=1',
  'random:seed',
  'random:seed=-1',
  'random:seed=',
  'random:test=0.9',
  'grouped',
  'ordered:duplicates=together',
  'given:column=a,values=x>somewhere',
])('%s is refused', (text) => {
  expect(() => parseSplit(text, base)).toThrow(
    expect.objectContaining({
      code: 'argument-invalid',
      parameters: expect.objectContaining({ name: `--split ${text}` }),
    }),
  );
});

test('a split by the files stays as it is kept where nothing else is written', () => {
  const kept: Split = { kind: 'given', seed: 5, validation: 0.1, stratified: false };
  expect(parseSplit('given', kept)).toEqual(kept);
  expect(parseSplit('given:own-validation=true', kept)).toEqual({ ...kept, ownValidation: true });
});

test('a split in one line', () => {
  expect(splitText(parseSplit('grouped:column=patient,test=0.125', base))).toBe(
    'grouped by "patient", validation 10 %, test 12.5 %, seed 5',
  );
  expect(splitText(parseSplit('given', base))).toBe(
    'as the data gives it; of what it names none: validation 10 %, test 20 %, seed 5',
  );
  expect(splitText(parseSplit('ordered:duplicates=left-out', base))).toBe(
    'in the order of the rows, validation 10 %, test 20 %, near duplicates left out',
  );
});
