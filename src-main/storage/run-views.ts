/** Views of the table of runs that people keep under a name. */
import { CodedError, runTableViewSchema, type RunTableView, type SavedRunView } from '../contract';
import { transaction, type Database } from './database';
import { newId } from './ids';
import { fromJson, toJson } from './json';

interface ViewRow {
  id: string;
  name: string;
  view: string;
}

export function listRunViews(db: Database): SavedRunView[] {
  return db
    .prepare<[], ViewRow>('SELECT id, name, view FROM run_views ORDER BY name')
    .all()
    .map((row) => ({ ...row, view: fromJson(runTableViewSchema, row.view, 'run_views.view') }));
}

/** In the place of one of the same name. */
export function saveRunView(db: Database, name: string, view: RunTableView): SavedRunView {
  return transaction(db, () => {
    const id = db
      .prepare<[string, string, string | null, number], string>(
        `INSERT INTO run_views (id, name, view, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET view = excluded.view RETURNING id`,
      )
      .pluck()
      .get(newId(), name, toJson(view), Date.now()) as string;
    return { id, name, view };
  });
}

/** @throws CodedError `not-found` */
export function removeRunView(db: Database, id: string): void {
  const { changes } = db.prepare('DELETE FROM run_views WHERE id = ?').run(id);
  if (changes === 0) throw new CodedError('not-found', { what: 'view', id });
}
