/** Steps taken back cell by cell leave what applying all the others again would. */
import { expect, test } from 'vitest';
import type { EditHead, JournaledEdit } from '../contract';
import { applyEdit, editedRows, newEditState, takeBack, type EditState } from './edit-state';
import { randomSource } from './random';

const rows = 12;

function stateOf(edits: readonly JournaledEdit[]): EditState {
  const state = newEditState(rows);
  for (const edit of edits) applyEdit(state, edit);
  return state;
}

/** What can be seen of a state; a column whose cells are all as they were is as one that was never set. */
function seen(state: EditState) {
  const counts = [...state.cells].flatMap(([column, { count }]) => (count > 0 ? [`${column} ${count}`] : []));
  return {
    rows: editedRows(state, [...Array(rows).keys()]),
    counts,
    excluded: state.excludedCount,
    edits: state.edits.length,
  };
}

test('a step that set a few cells is taken back as if it had never been', () => {
  const next = randomSource(7);
  const pick = (below: number) => Math.floor(next() * below);
  const heads: readonly (() => EditHead)[] = [
    () => ({ kind: 'set', column: 'a', value: `v${pick(3)}` }),
    () => ({ kind: 'set', column: 'b', value: pick(2) === 0 ? null : 'x' }),
    () => ({ kind: 'exclude', reason: 'chosen' }),
    () => ({ kind: 'restore' }),
    () => ({ kind: 'drop-column', column: 'b' }),
  ];
  const edits: JournaledEdit[] = [];
  let tookBack = 0;
  for (let step = 1; step <= 300; step += 1) {
    for (let part = 0; part <= pick(2); part += 1) {
      const edit = (heads[pick(12) === 0 ? 4 : pick(4)] ?? heads[0])!();
      const named = 'column' in edit && edit.kind !== 'set' ? [] : [...Array(rows).keys()].filter(() => pick(4) === 0);
      edits.push({ id: edits.length + 1, step, createdAt: 0, edit, rows: Int32Array.from(named) });
    }
    const state = stateOf(edits);
    const before = seen(state);
    if (takeBack(state)) {
      tookBack += 1;
      expect(seen(state)).toEqual(seen(stateOf(edits.filter((edit) => edit.step !== step))));
    } else expect(seen(state)).toEqual(before);
  }
  expect(tookBack).toBeGreaterThan(50);
});
