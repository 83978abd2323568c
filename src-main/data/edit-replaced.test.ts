import { expect, test } from 'vitest';
import { applyEdit, newEditState, replaceLast, valueOf } from './edit-state';

test('what is typed on shows in the place of what was typed before', () => {
  const state = newEditState(3);
  const typed = (id: number, value: string) => {
    return { id, step: 1, createdAt: 0, edit: { kind: 'set', column: 'said', value } as const, rows: Int32Array.of(1) };
  };
  applyEdit(state, typed(1, 'a'));
  replaceLast(state, typed(2, 'a warm sq'));
  const cells = state.cells.get('said')!;
  expect(valueOf(cells, cells.codes[1]!)).toBe('a warm sq');
  expect(state.edits).toHaveLength(1);
  expect(cells.count).toBe(1);
});
