/**
 * The edits over versions as main knows them: read from the journal once, then kept up to date, so that an edit of many
 * rows and the next key of a person who labels both answer at once. Another process that edits is noticed by the stamp.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatasetVersion, Edit, EditSummary, JournaledEdit, PendingEdits } from '../contract';
import {
  applyEdit,
  changesOf,
  checkEdit,
  journalRows,
  newEditState,
  replaceLast,
  requireRest,
  takeBack,
  type EditState,
} from '../data/edit-state';
import { syncLog, type Database } from '../storage/database';
import {
  appendEdits,
  journalStamp,
  listEdits,
  redoEdits,
  replaceEdit,
  undoAllEdits,
  undoEdits,
  type JournalStamp,
} from '../storage/edits';

interface Known {
  readonly version: DatasetVersion;
  readonly state: EditState;
  readonly stamp: JournalStamp;
}

/** Edits that are read from the journal between two turns of the event loop. */
const PAGE = 1000;
/** SQLite's word for no limit. */
const ALL = -1;
/** Versions whose edits are kept at hand. */
const KEPT = 4;
const RECENT_STEPS = 50;
const LONGEST_VALUE = 200;

export class PendingEditsReader {
  readonly #db: Database;
  readonly #known = new Map<string, Known>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  pending(version: DatasetVersion): Promise<PendingEdits> {
    return this.#inTurn(async () => pendingOf(await this.#load(version)));
  }

  state(version: DatasetVersion): Promise<EditState> {
    return this.#inTurn(async () => (await this.#load(version)).state);
  }

  /**
   * Journals edits as one step.
   * @param continues takes the place of the last step where both set just the same cells.
   * @throws CodedError as `checkEdit` and `requireRest`; nothing is kept then
   */
  append(version: DatasetVersion, edits: readonly Edit[], continues = false): Promise<PendingEdits> {
    return this.#inTurn(async () => {
      const { state } = await this.#load(version);
      const checked = checkStep(version, state, edits);
      const [typed] = checked;
      const open = continues && typed && checked.length === 1 ? sameCells(state, typed) : null;
      if (open && typed) {
        replaceLast(state, replaceEdit(this.#db, version.id, open, typed));
        return this.#journaled(version, state);
      }
      for (const journaled of appendEdits(this.#db, version.id, checked)) applyEdit(state, journaled);
      return this.#journaled(version, state);
    });
  }

  undo(version: DatasetVersion): Promise<PendingEdits> {
    return this.#inTurn(async () => {
      const known = await this.#load(version);
      if (!undoEdits(this.#db, version.id)) return pendingOf(known);
      const { edits } = known.state;
      if (takeBack(known.state)) return this.#journaled(version, known.state);
      const last = edits[edits.length - 1]?.step;
      const left = edits.filter(({ step }) => step !== last);
      return this.#journaled(version, stateOf(version, left));
    });
  }

  redo(version: DatasetVersion): Promise<PendingEdits> {
    return this.#inTurn(async () => {
      const known = await this.#load(version);
      if (!redoEdits(this.#db, version.id)) return pendingOf(known);
      const { state } = known;
      const last = state.edits[state.edits.length - 1] ?? null;
      for (const edit of listEdits(this.#db, version.id, last, ALL)) applyEdit(state, edit);
      return this.#journaled(version, state);
    });
  }

  clear(version: DatasetVersion): Promise<PendingEdits> {
    return this.#inTurn(async () => {
      undoAllEdits(this.#db, version.id);
      return this.#journaled(version, newEditState(version.rowCount));
    });
  }

  /** Answers when the journal is on the disk, for which main does not stand still. @throws CodedError `disk-full` */
  async #journaled(version: DatasetVersion, state: EditState): Promise<PendingEdits> {
    const kept = pendingOf(this.#keep(version, state));
    await syncLog(this.#db);
    return kept;
  }

  /** One after the other: what one has read, no other may change before it has written. */
  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#last.then(work);
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #load(version: DatasetVersion): Promise<Known> {
    const stamp = journalStamp(this.#db, version.id);
    const known = this.#known.get(version.id);
    if (known && isSame(known.stamp, stamp)) return known;
    const state = newEditState(version.rowCount);
    for (let page = this.#page(version, state); page.length > 0; page = this.#page(version, state)) {
      for (const edit of page) applyEdit(state, edit);
      await nextTurn();
    }
    return this.#keep(version, state);
  }

  #page({ id }: DatasetVersion, { edits }: EditState): JournaledEdit[] {
    return listEdits(this.#db, id, edits[edits.length - 1] ?? null, PAGE);
  }

  #keep(version: DatasetVersion, state: EditState): Known {
    const known = { version, state, stamp: journalStamp(this.#db, version.id) };
    this.#known.delete(version.id);
    this.#known.set(version.id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }
}

function isSame(one: JournalStamp, other: JournalStamp): boolean {
  return one.last === other.last && one.steps === other.steps && one.redoable === other.redoable;
}

/**
 * A step's edits as they are to be journaled. Where columns come and go, or little is left, they are tried one after the
 * other, since each stands on those before it and what a step leaves shows only at its end.
 */
function checkStep(version: DatasetVersion, state: EditState, edits: readonly Edit[]) {
  const tried = mustBeTried(state, edits) ? stateOf(version, state.edits) : null;
  const checked = edits.map((edit) => {
    const each = { edit: checkEdit(version, tried ?? state, edit), rows: journalRows(edit) };
    if (tried) applyEdit(tried, { id: 0, step: 0, createdAt: 0, ...each });
    return each;
  });
  if (tried) requireRest(version, tried);
  return checked;
}

/** The last edit, where it alone is its step and sets just the cells that this one does. */
function sameCells({ edits }: EditState, { edit, rows }: Pick<JournaledEdit, 'edit' | 'rows'>): JournaledEdit | null {
  const [before, last] = [edits.at(-2), edits.at(-1)];
  if (!last || before?.step === last.step || last.edit.kind !== 'set' || edit.kind !== 'set') return null;
  const isSameColumn = last.edit.column === edit.column && last.rows.length === rows.length;
  return isSameColumn && rows.every((row, place) => row === last.rows[place]) ? last : null;
}

function mustBeTried(state: EditState, edits: readonly Edit[]): boolean {
  const excluded = edits.reduce((sum, edit) => sum + (edit.kind === 'exclude' ? edit.rows.length : 0), 0);
  const isOfColumns = edits.some(({ kind }) => kind === 'add-column' || kind === 'drop-column');
  return isOfColumns || state.excludedCount + excluded >= state.rowCount;
}

function stateOf(version: DatasetVersion, edits: readonly JournaledEdit[]): EditState {
  const state = newEditState(version.rowCount);
  for (const edit of edits) applyEdit(state, edit);
  return state;
}

function pendingOf({ version, state, stamp }: Known): PendingEdits {
  return {
    versionId: version.id,
    steps: stamp.steps,
    redoable: stamp.redoable,
    changes: changesOf(state, version.columns),
    added: [...state.added.values()].map(({ column: name, type, of }) => ({ name, type, of })),
    recent: recentSteps(state.edits),
  };
}

/** From the end, so that a long journal costs no more than a short one. */
function recentSteps(edits: readonly JournaledEdit[]): PendingEdits['recent'] {
  const steps: PendingEdits['recent'] = [];
  for (let place = edits.length - 1; place >= 0; place -= 1) {
    const journaled = edits[place];
    if (!journaled) break;
    const { step, createdAt } = journaled;
    if (steps[steps.length - 1]?.step !== step) {
      if (steps.length === RECENT_STEPS) break;
      steps.push({ step, createdAt, edits: [] });
    }
    steps[steps.length - 1]?.edits.push(summarize(journaled));
  }
  return steps.map(({ edits: backwards, ...rest }) => ({ ...rest, edits: backwards.reverse() }));
}

function summarize({ edit, rows }: JournaledEdit): EditSummary {
  return {
    kind: edit.kind,
    rows: rows.length,
    column: 'column' in edit ? edit.column : null,
    value: edit.kind === 'set' ? (edit.value?.slice(0, LONGEST_VALUE) ?? null) : null,
    reason: edit.kind === 'exclude' ? edit.reason : null,
  };
}
