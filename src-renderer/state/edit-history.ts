/** What undo and redo need: the states before and after the present one. Pure, for any state that is never mutated. */

export interface EditHistory<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  /** What the last edit changed; a further edit of the same thing joins it, so that typing is undone at once. */
  readonly key: string | null;
}

/** States kept for undo; older ones are forgotten. */
const DEPTH = 200;

export function beginHistory<State>(present: State): EditHistory<State> {
  return { past: [], present, future: [], key: null };
}

/** @param key of a continuous edit (a field being typed in), or null for an edit that stands alone. */
export function recordEdit<State>(history: EditHistory<State>, next: State, key: string | null): EditHistory<State> {
  if (next === history.present) return history;
  const joins = key !== null && key === history.key;
  const past = joins ? history.past : [...history.past, history.present].slice(-DEPTH);
  return { past, present: next, future: [], key };
}

export function undo<State>(history: EditHistory<State>): EditHistory<State> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    key: null,
  };
}

export function redo<State>(history: EditHistory<State>): EditHistory<State> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, key: null };
}
