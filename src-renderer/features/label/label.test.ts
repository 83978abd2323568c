/** What the Label tab works out by itself: keys of classes, counts along with labels, names of columns, cells in words. */
import { describe, expect, test } from 'vitest';
import { classesOfText, classKeys, classOfKey } from './class-keys';
import { KeyLine } from './desk-keys';
import { freeName } from './column-name';
import { withChange } from './label-counts';
import { countsOf, labelWords } from './label-text';

const pressed = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

describe('keys of classes', () => {
  test('are digits, then letters without those of the tab, in either case', () => {
    const classes = Array.from({ length: 40 }, (_, place) => `class ${place}`);
    const shown = classKeys(classes);
    expect([0, 8, 9, 10, 11, 39].map((place) => shown[place])).toEqual(['1', '9', '0', 'Q', 'W', null]);
    expect(['q', 'Q', '1'].map((key) => classOfKey(pressed(key), classes))).toEqual([
      'class 10',
      'class 10',
      'class 0',
    ]);
    expect(['u', 'P', 'n', 'Enter', '?'].map((key) => classOfKey(pressed(key), classes))).toEqual(Array(5).fill(null));
    expect(classOfKey(pressed('1', { ctrlKey: true }), classes)).toBeNull();
    expect(classOfKey(pressed('3'), ['cat', 'dog'])).toBeNull();
  });
  test('of digits are those digits', () => {
    expect(classKeys(['0', '1', '7', 'none'])).toEqual(['0', '1', '7', '2']);
    expect(classOfKey(pressed('0'), ['0', '1', '7', 'none'])).toBe('0');
  });
  test('names are listed by lines and commas, Chinese ones too, each once', () => {
    expect(classesOfText(' cat, dog\n猫，狗、cat;\n\n')).toEqual(['cat', 'dog', '猫', '狗']);
  });
});

describe('counts along with a label', () => {
  const counts = { rows: 10, labelled: 1, hasClasses: true, classes: [{ label: 'cat', rows: 1 }] };
  test('a first, another and no class', () => {
    const first = withChange(counts, 'category', null, 'dog');
    expect(first).toMatchObject({ labelled: 2, classes: [{ rows: 1 }, { label: 'dog', rows: 1 }] });
    expect(withChange(first, 'category', 'dog', 'cat').classes).toEqual([
      { label: 'cat', rows: 2 },
      { label: 'dog', rows: 0 },
    ]);
    expect(withChange(counts, 'category', 'cat', null)).toMatchObject({ labelled: 0, classes: [{ rows: 0 }] });
  });
  test('lists count what came and what went, and an empty one is a label', () => {
    const changed = withChange(counts, 'labels', '["cat"]', '["cat","dog"]');
    expect(changed).toMatchObject({ labelled: 1, classes: [{ rows: 1 }, { label: 'dog', rows: 1 }] });
    expect(withChange(counts, 'labels', null, '[]')).toMatchObject({ labelled: 2, classes: [{ rows: 1 }] });
  });
});

test('a key that comes while a label is written waits for the next row', async () => {
  let busy = false;
  const taken: string[] = [];
  const line = new KeyLine(
    () => busy,
    ({ key }) => {
      taken.push(key);
      busy = key !== 'ArrowLeft';
      return true;
    },
  );
  const press = (key: string) => line.press({ key } as KeyboardEvent);
  const turn = () => new Promise((done) => setTimeout(done));
  expect([press('1'), press('2'), press('ArrowLeft')]).toEqual([true, true, true]);
  await turn();
  expect(taken).toEqual(['1']);
  busy = false;
  line.drain();
  await turn();
  expect(taken).toEqual(['1', '2']);
  busy = false;
  line.drain();
  await turn();
  expect(taken).toEqual(['1', '2', 'ArrowLeft']);
});

test('a new column is called as no other is', () => {
  expect(freeName('label', new Set())).toBe('label');
  expect(freeName('label', new Set(['label', 'label 2']))).toBe('label 3');
});

test('cells read as words, not as JSON', () => {
  const boxes = JSON.stringify(
    ['leaf', 'stem', 'leaf'].map((label) => ({ label, x: 0, y: 0, width: 0.5, height: 0.5 })),
  );
  expect(labelWords('boxes', boxes)).toBe('leaf ×2, stem');
  expect(labelWords('labels', '["a","b"]')).toBe('a, b');
  expect(countsOf('labels', '[]')).toEqual([]);
  expect(countsOf('text', '["a"]')).toBeNull();
  expect(countsOf('labels', 'broken')).toEqual([]);
});
