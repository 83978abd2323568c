/**
 * All saved runs as lean rows, read once and then kept current by what changed; and what people do with them: rename, note,
 * tag, star, archive, delete, each with undo. A whole run is read where one is shown.
 */
import {
  isOnShelf,
  runsOfChanges,
  type Run,
  type RunMarks,
  type RunShelf,
  type RunSummary,
} from '../../src-main/contract';
import { formatBytes, formatNumber, m } from '../i18n';
import { client } from '../ipc/client';
import { knownIds, merged } from './run-list';
import { undoHistory } from './undo.svelte';

/** Runs in one call that changes them, so that main answers others in between. */
const callSize = 250;

class Runs {
  /** Newest first; null until all are read. */
  #all = $state.raw<readonly RunSummary[] | null>(null);
  #selected = $state.raw<readonly string[]>([]);
  #projectId = $state.raw<string | null | undefined>(undefined);
  #everyProject = $state(false);
  #shelf = $state<RunShelf>('current');
  #revision = 0;
  #reading: Promise<void> | null = null;
  #stale = false;

  #ofProject = $derived(this.#all && ofProject(this.#all, this.#projectId ?? null));
  #kept = $derived(this.#all?.filter((run) => !run.deleted) ?? null);

  /** The open project's, newest first, without the deleted ones; of all projects where none is open; null until they are read. */
  list: readonly RunSummary[] | null = $derived(this.#ofProject?.filter((run) => !run.deleted) ?? null);
  /** What the Runs screen shows: those of the open project or of all, on the chosen shelf. */
  shown: readonly RunSummary[] | null = $derived(
    (this.#everyProject ? this.#all : this.#ofProject)?.filter(isOnShelf[this.#shelf]) ?? null,
  );
  /** Runs of all projects, without the deleted ones. */
  get kept(): readonly RunSummary[] | null {
    return this.#kept;
  }
  get everyProject(): boolean {
    return this.#everyProject;
  }
  get shelf(): RunShelf {
    return this.#shelf;
  }
  /** Ids chosen for comparison, in the order of choosing. */
  get selected(): readonly string[] {
    return this.#selected;
  }

  /** Shows the runs of all projects together, or of the open one alone again. */
  showEveryProject(every: boolean): void {
    this.#everyProject = every;
    this.#keepKnown();
  }
  showShelf(shelf: RunShelf): void {
    this.#shelf = shelf;
    this.#keepKnown();
  }
  /** Shows the runs of a project, or of all projects (null). */
  async show(projectId: string | null): Promise<void> {
    if (projectId !== this.#projectId) {
      this.#projectId = projectId;
      this.#selected = [];
    }
    await this.reload();
  }

  /** Reads what changed; a call during a reading is answered by one more reading after it. */
  async reload(): Promise<void> {
    if (this.#projectId === undefined) return;
    this.#stale = true;
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null));
    await this.#reading;
  }

  async #readAll(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      const changed: RunSummary[] = [];
      for (let more = true; more;) {
        const part = await client.runs.changes({ since: this.#revision });
        changed.push(...runsOfChanges(part));
        this.#revision = part.revision;
        more = part.more;
      }
      if (this.#all === null || changed.length > 0) this.#all = merged(this.#all ?? [], changed);
    }
    this.#keepKnown();
  }

  #keepKnown(): void {
    this.#selected = knownIds(this.#selected, this.shown ?? []);
  }

  select(ids: readonly string[]): void {
    this.#selected = ids;
  }
  toggle(id: string): void {
    this.#selected = this.#selected.includes(id)
      ? this.#selected.filter((other) => other !== id)
      : [...this.#selected, id];
  }

  async rename(run: Pick<Run, 'id' | 'name'>, name: string): Promise<void> {
    if (name.trim() === '' || name === run.name) return;
    await this.#edit(m.runs_edit_rename(), run.id, { name: run.name }, { name });
  }
  async annotate(run: Pick<Run, 'id' | 'note'>, note: string): Promise<void> {
    if (note !== run.note) await this.#edit(m.runs_edit_note(), run.id, { note: run.note }, { note });
  }

  /** Stars runs, or takes the star away where all of them have one. */
  async star(ids: readonly string[]): Promise<void> {
    const starred = !this.#of(ids).every((run) => run.starred);
    await this.#mark(starred ? m.runs_starred : m.runs_unstarred, ids, () => ({ starred }));
  }
  async archive(ids: readonly string[], archived: boolean): Promise<void> {
    await this.#mark(archived ? m.runs_archived : m.runs_unarchived, ids, () => ({ archived }));
  }
  /** Gives a tag to runs, or takes it from them. */
  async tag(ids: readonly string[], tag: string, given: boolean): Promise<void> {
    await this.#mark(
      ({ count }) => (given ? m.runs_tagged({ tag, count }) : m.runs_untagged({ tag, count })),
      ids,
      ({ tags }) => ({ tags: given ? [...tags.filter((one) => one !== tag), tag] : tags.filter((one) => one !== tag) }),
    );
  }

  /** Deletes runs, or brings deleted ones back; the toast says what space that frees, and undoes it. */
  async remove(ids: readonly string[], deleted = true): Promise<void> {
    const put = async (gone: boolean) => {
      for (const part of parts(ids)) await client.runs.remove({ ids: part, deleted: gone });
      await this.reload();
    };
    const bytes = deleted ? await this.bytes(ids) : 0;
    await put(deleted);
    const count = formatNumber(ids.length);
    const label = deleted ? m.runs_deleted({ count, bytes: formatBytes(bytes) }) : m.runs_restored({ count });
    undoHistory.record({ label, undo: () => put(!deleted), redo: () => put(deleted) }, true);
  }

  /** What runs take in the library. */
  async bytes(ids: readonly string[]): Promise<number> {
    let sum = 0;
    for (const part of parts(ids)) sum += await client.runs.bytes({ ids: part });
    return sum;
  }

  /** Takes deleted runs out of the library for good. */
  async purge(ids: readonly string[]): Promise<void> {
    for (const part of parts(ids)) await client.runs.purge({ ids: part });
    const gone = this.#of(ids);
    this.#all = this.#all?.filter((run) => !gone.includes(run)) ?? null;
    this.#keepKnown();
  }

  #of(ids: readonly string[]): readonly RunSummary[] {
    const wanted = new Set(ids);
    return this.#all?.filter((run) => wanted.has(run.id)) ?? [];
  }

  /** Changes marks of the runs that do not have them yet. */
  async #mark(
    label: (words: { count: string }) => string,
    ids: readonly string[],
    change: (run: RunSummary) => Omit<RunMarks, 'id'>,
  ): Promise<void> {
    const edits = this.#of(ids).map((run) => {
      const after = { id: run.id, ...change(run) };
      const before = {
        id: run.id,
        ...Object.fromEntries(Object.keys(change(run)).map((key) => [key, run[key as 'tags']])),
      };
      return { before, after, same: JSON.stringify(before) === JSON.stringify(after) };
    });
    const changed = edits.filter(({ same }) => !same);
    if (changed.length === 0) return;
    const put = async (marks: readonly RunMarks[]) => {
      for (const part of parts(marks)) await client.runs.mark({ marks: part });
      await this.reload();
    };
    await put(changed.map(({ after }) => after));
    undoHistory.record(
      {
        label: label({ count: formatNumber(changed.length) }),
        undo: () => put(changed.map(({ before }) => before)),
        redo: () => put(changed.map(({ after }) => after)),
      },
      true,
    );
  }

  async #edit(label: string, id: string, before: Partial<Run>, after: Partial<Run>): Promise<void> {
    const put = async (change: Partial<Run>) => {
      await client.runs.update({ id, name: change.name, note: change.note });
      await this.reload();
    };
    await put(after);
    undoHistory.record({ label, undo: () => put(before), redo: () => put(after) });
  }
}

function ofProject(runs: readonly RunSummary[], projectId: string | null): readonly RunSummary[] {
  return projectId === null ? runs : runs.filter((run) => run.projectId === projectId);
}

function parts<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / callSize);
  return Array.from({ length: count }, (_, at) => items.slice(at * callSize, (at + 1) * callSize));
}

export const runs = new Runs();
