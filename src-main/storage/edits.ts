/**
 * The journal of edits over versions that no version has been made of yet. A step is on disk when the
 * `syncLog` that its caller waits for has settled, and is told of only then. Steps that were undone come after those that count,
 * and vanish when another step is appended.
 */
import { editHeadSchema, type EditHead, type JournaledEdit } from '../contract';
import { transaction, type Database } from './database';
import { fromJson, toJson } from './json';

interface EditRow {
  id: number;
  step: number;
  edit: string;
  row_indices: Uint8Array;
  created_at: number;
}

export const listEditsSql = `SELECT id, step, edit, row_indices, created_at FROM edits
  WHERE version_id = ? AND undone = 0 AND (step, id) > (?, ?) ORDER BY step, id LIMIT ?`;
/** Ends of the index, so that the ten-thousandth label is told as quickly as the first. */
export const journalStampSql = `SELECT
  coalesce((SELECT id FROM edits WHERE version_id = ? AND undone = 0 ORDER BY step DESC, id DESC LIMIT 1), 0) AS last,
  coalesce((SELECT max(step) FROM edits WHERE version_id = ? AND undone = 0), 0) AS steps,
  coalesce((SELECT max(step) FROM edits WHERE version_id = ? AND undone = 1), 0) AS lastUndone`;

/** How a version's journal stands: two that are equal hold the same edits that count. */
export interface JournalStamp {
  /** The last edit that counts; no id is used again. */
  readonly last: number;
  readonly steps: number;
  readonly redoable: number;
}

export function journalStamp(db: Database, versionId: string): JournalStamp {
  const stamp = db
    .prepare<[string, string, string], { last: number; steps: number; lastUndone: number }>(journalStampSql)
    .get(versionId, versionId, versionId);
  const { last, steps, lastUndone } = stamp ?? { last: 0, steps: 0, lastUndone: 0 };
  // Steps are numbered without gaps, those that were undone after the others.
  return { last, steps, redoable: Math.max(0, lastUndone - steps) };
}

/** Edits that count, in order; the first `limit` after an edit, or from the beginning. */
export function listEdits(
  db: Database,
  versionId: string,
  after: Pick<JournaledEdit, 'step' | 'id'> | null,
  limit: number,
): JournaledEdit[] {
  return db
    .prepare<[string, number, number, number], EditRow>(listEditsSql)
    .all(versionId, after?.step ?? 0, after?.id ?? 0, limit)
    .map(toEdit);
}

/**
 * Appends edits as one step.
 * @param edits with ascending rows, each once.
 */
export function appendEdits(
  db: Database,
  versionId: string,
  edits: readonly { readonly edit: EditHead; readonly rows: Int32Array }[],
): JournaledEdit[] {
  return transaction(db, () => insertStep(db, versionId, edits));
}

/** As `appendEdits`, as a part of the caller's transaction. */
export function insertStep(
  db: Database,
  versionId: string,
  edits: readonly { readonly edit: EditHead; readonly rows: Int32Array }[],
): JournaledEdit[] {
  const createdAt = Date.now();
  db.prepare('DELETE FROM edits WHERE version_id = ? AND undone = 1').run(versionId);
  const step = 1 + lastStep(db, versionId);
  const insert = db.prepare(
    'INSERT INTO edits (version_id, step, edit, row_indices, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  return edits.map(({ edit, rows }) => {
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    const { lastInsertRowid } = insert.run(versionId, step, toJson(edit), bytes, createdAt);
    return { id: Number(lastInsertRowid), step, createdAt, edit, rows };
  });
}

/**
 * Puts an edit in the place of another, as the same step. It gets an id of its own, by which other processes notice.
 */
export function replaceEdit(
  db: Database,
  versionId: string,
  { id, step, createdAt }: Pick<JournaledEdit, 'id' | 'step' | 'createdAt'>,
  { edit, rows }: { readonly edit: EditHead; readonly rows: Int32Array },
): JournaledEdit {
  return transaction(db, () => {
    db.prepare('DELETE FROM edits WHERE version_id = ? AND (undone = 1 OR id = ?)').run(versionId, id);
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    const { lastInsertRowid } = db
      .prepare('INSERT INTO edits (version_id, step, edit, row_indices, created_at) VALUES (?, ?, ?, ?, ?)')
      .run(versionId, step, toJson(edit), bytes, createdAt);
    return { id: Number(lastInsertRowid), step, createdAt, edit, rows };
  });
}

/** Takes the last step back. @returns whether there was one */
export function undoEdits(db: Database, versionId: string): boolean {
  return transaction(db, () => {
    const step = lastStep(db, versionId);
    return (
      db.prepare('UPDATE edits SET undone = 1 WHERE version_id = ? AND undone = 0 AND step = ?').run(versionId, step)
        .changes > 0
    );
  });
}

/** Does the step that was undone last again. @returns whether there was one */
export function redoEdits(db: Database, versionId: string): boolean {
  return transaction(db, () => {
    const next = `SELECT min(step) FROM edits WHERE version_id = ? AND undone = 1`;
    return (
      db
        .prepare(`UPDATE edits SET undone = 0 WHERE version_id = ? AND undone = 1 AND step = (${next})`)
        .run(versionId, versionId).changes > 0
    );
  });
}

/** Takes all steps back; each can be done again. */
export function undoAllEdits(db: Database, versionId: string): void {
  transaction(db, () => db.prepare('UPDATE edits SET undone = 1 WHERE version_id = ?').run(versionId));
}

/** The journal's end, when a version was made of it. Part of the caller's transaction. */
export function forgetEdits(db: Database, versionId: string): void {
  db.prepare('DELETE FROM edits WHERE version_id = ?').run(versionId);
}

function lastStep(db: Database, versionId: string): number {
  const step = db.prepare<[string], number | null>('SELECT max(step) FROM edits WHERE version_id = ? AND undone = 0');
  return step.pluck().get(versionId) ?? 0;
}

function toEdit(row: EditRow): JournaledEdit {
  // A copy, since the bytes may begin anywhere in their buffer and an Int32Array only at multiples of four.
  const bytes = new Uint8Array(row.row_indices);
  return {
    id: row.id,
    step: row.step,
    createdAt: row.created_at,
    edit: fromJson(editHeadSchema, row.edit, 'edits.edit'),
    rows: new Int32Array(bytes.buffer),
  };
}
