/** Undo goes back exactly, redo forward exactly, and a new edit ends the way forward. */
import { expect, test } from 'vitest';
import { beginHistory, recordEdit, redo, undo } from './edit-history';

test('undo and redo walk the same states', () => {
  let history = beginHistory('a');
  for (const state of ['b', 'c', 'd']) history = recordEdit(history, state, null);
  history = undo(undo(history));
  expect(history.present).toBe('b');
  history = redo(history);
  expect(history.present).toBe('c');
  history = recordEdit(history, 'e', null);
  expect(redo(history)).toBe(history);
  expect(undo(history).present).toBe('c');
});

test('typing in one field is one step back; another field is another', () => {
  let history = beginHistory(0);
  history = recordEdit(history, 1, 'units');
  history = recordEdit(history, 12, 'units');
  history = recordEdit(history, 128, 'units');
  history = recordEdit(history, 129, 'rate');
  expect(undo(history).present).toBe(128);
  expect(undo(undo(history)).present).toBe(0);
});

test('after an undo the same field begins a new step', () => {
  let history = recordEdit(beginHistory(0), 1, 'units');
  history = recordEdit(undo(history), 2, 'units');
  expect(undo(history).present).toBe(0);
});

test('nothing to undo or redo changes nothing', () => {
  const history = beginHistory('a');
  expect(undo(history)).toBe(history);
  expect(redo(history)).toBe(history);
});
