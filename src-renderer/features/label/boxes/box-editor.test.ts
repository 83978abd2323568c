import { expect, test } from 'vitest';
import { BoxEditor } from './box-editor.svelte';
import { boxCommand } from './box-keys';

const picture = { width: 100, height: 100 };

/** A cell that shows at once what it is given. */
function cell(value: string | null) {
  const given: (string | null)[] = [];
  let now = value;
  const editor = new BoxEditor(() => ({
    value: now,
    picture,
    label: 'leaf',
    set: (next) => {
      given.push(next);
      now = next;
      return Promise.resolve(true);
    },
  }));
  const places = () =>
    editor.shown.map(({ label, edges: { left, top, right, bottom } }) => [label, left, top, right, bottom]);
  return { editor, given, places };
}

const two = JSON.stringify([
  { label: 'big', x: 0.1, y: 0.1, width: 0.8, height: 0.8 },
  { label: 'small', x: 0.4, y: 0.4, width: 0.2, height: 0.2 },
]);

test('a gesture is one edit, however long it is, and a click is none', () => {
  const { editor, given, places } = cell(null);
  expect(editor.known).toBeNull();
  editor.begin({ x: 10, y: 10 }, 2);
  for (let x = 11; x <= 30; x += 1) editor.drag({ x, y: 40 }, 0);
  expect(given).toEqual([]);
  editor.finish();
  expect(given).toEqual(['[{"label":"leaf","x":0.1,"y":0.1,"width":0.2,"height":0.3}]']);
  editor.begin({ x: 20, y: 20 }, 2);
  editor.finish();
  for (let press = 0; press < 10; press += 1) editor.nudge({ x: 1, y: 0 }, 'box');
  editor.nudge({ x: 0, y: 10 }, 'size');
  expect(given).toHaveLength(1);
  editor.finish();
  expect(given).toHaveLength(2);
  expect(places()).toEqual([['leaf', 20, 10, 40, 50]]);
});

test('clicks go through boxes that lie over each other, a drag takes the chosen one, a mode draws over them', () => {
  const { editor, given, places } = cell(two);
  const click = () => {
    editor.begin({ x: 50, y: 50 }, 2);
    editor.finish();
    return editor.chosen;
  };
  expect([click(), click(), click()]).toEqual([1, 0, 1]);
  click();
  editor.begin({ x: 50, y: 50 }, 2);
  editor.drag({ x: 55, y: 50 }, 0);
  editor.finish();
  expect(places()[0]).toEqual(['big', 15, 10, 95, 90]);
  editor.drawing = true;
  expect(editor.aim({ x: 50, y: 50 }, 2)).toBe('draw');
  editor.begin({ x: 50, y: 50 }, 2);
  editor.drag({ x: 58, y: 58 }, 3);
  expect(editor.on).toEqual({ x: [60], y: [60] });
  editor.finish();
  expect(places()[2]).toEqual(['leaf', 50, 50, 60, 60]);
  expect(editor.drawing).toBe(false);
  expect(given).toHaveLength(2);
});

test('Escape gives up what is being done, then the choice; nothing here differs from not looked at', () => {
  const { editor, given } = cell(two);
  editor.choose(1);
  editor.begin({ x: 50, y: 50 }, 2);
  editor.drag({ x: 60, y: 60 }, 0);
  expect([editor.escape(), editor.chosen, editor.escape(), editor.chosen, editor.escape()]).toEqual([
    true,
    1,
    true,
    -1,
    false,
  ]);
  expect(given).toEqual([]);
  editor.choose(0);
  expect(editor.classify('other')).toBe(true);
  expect([editor.remove(), editor.remove(), editor.remove()]).toEqual([true, true, false]);
  expect(editor.known).toEqual([]);
  editor.setAll(null);
  expect(editor.known).toBeNull();
  expect(given).toHaveLength(4);
});

test('keys', () => {
  const key = (name: string, held: Partial<KeyboardEvent> = {}) => {
    return boxCommand({ key: name, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...held });
  };
  expect(key('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'nudge', by: { x: -10, y: 0 }, what: 'box' });
  expect(key('ArrowDown', { altKey: true })).toEqual({ kind: 'nudge', by: { x: 0, y: 1 }, what: 'size' });
  expect([key('3'), key('N'), key('z', { ctrlKey: true }), key('constructor')]).toEqual([
    { kind: 'class', place: 2 },
    { kind: 'add' },
    null,
    null,
  ]);
});
