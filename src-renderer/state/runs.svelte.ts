/** The saved runs of the open project, or of all: read from the library, renamed, noted, deleted with undo. */
import type { Run } from '../../src-main/contract';
import { m } from '../i18n';
import { client } from '../ipc/client';
import { undoHistory } from './undo.svelte';

class Runs {
  #list = $state.raw<readonly Run[] | null>(null);
  #selected = $state.raw<readonly string[]>([]);
  #projectId = $state.raw<string | null | undefined>(undefined);
  #everyProject = $state(false);
  #reading = false;
  #stale = false;

  /** The open project's, newest first; of all projects where none is open; null until they are read. */
  list: readonly Run[] | null = $derived.by(() => {
    const projectId = this.#projectId;
    return projectId ? (this.#list?.filter((run) => run.projectId === projectId) ?? null) : this.#list;
  });
  /** What the Runs screen shows: those of the open project, or of all. */
  get shown(): readonly Run[] | null {
    return this.#everyProject ? this.#list : this.list;
  }
  get everyProject(): boolean {
    return this.#everyProject;
  }

  /** Shows the runs of all projects together, or of the open one alone again. */
  async showEveryProject(every: boolean): Promise<void> {
    this.#everyProject = every;
    if (!every) this.#keepKnown(this.list);
    await this.reload();
  }
  /** Ids chosen for comparison, in the order of choosing. */
  get selected(): readonly string[] {
    return this.#selected;
  }

  /** Shows the runs of a project, or of all projects (null). */
  async show(projectId: string | null): Promise<void> {
    if (projectId !== this.#projectId) {
      this.#projectId = projectId;
      this.#list = null;
      this.#selected = [];
    }
    await this.reload();
  }

  /** Reads again; a call during a reading is answered by one more reading after it. */
  async reload(): Promise<void> {
    if (this.#projectId === undefined) return;
    if (this.#reading) {
      this.#stale = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#stale = false;
        const projectId: string | null = this.#everyProject ? null : this.#projectId;
        const list = await client.runs.list({ projectId });
        if (projectId === (this.#everyProject ? null : this.#projectId)) this.#list = list;
        else this.#stale = true;
      } while (this.#stale);
      this.#keepKnown(this.shown);
    } finally {
      this.#reading = false;
    }
  }

  #keepKnown(list: readonly Run[] | null): void {
    const known = new Set(list?.map((run) => run.id));
    this.#selected = this.#selected.filter((id) => known.has(id));
  }

  select(ids: readonly string[]): void {
    this.#selected = ids;
  }

  toggle(id: string): void {
    this.#selected = this.#selected.includes(id)
      ? this.#selected.filter((other) => other !== id)
      : [...this.#selected, id];
  }

  async rename(run: Run, name: string): Promise<void> {
    if (name.trim() === '' || name === run.name) return;
    await this.#edit(m.runs_edit_rename(), run, { name: run.name }, { name });
  }

  async annotate(run: Run, note: string): Promise<void> {
    if (note !== run.note) await this.#edit(m.runs_edit_note(), run, { note: run.note }, { note });
  }

  /** Deletes runs; the toast and Ctrl-Z bring them back. */
  async remove(ids: readonly string[]): Promise<void> {
    const put = async (deleted: boolean) => {
      await client.runs.remove({ ids: [...ids], deleted });
      await this.reload();
    };
    await put(true);
    undoHistory.record(
      { label: m.runs_deleted({ count: ids.length }), undo: () => put(false), redo: () => put(true) },
      true,
    );
  }

  async #edit(label: string, run: Run, before: Partial<Run>, after: Partial<Run>): Promise<void> {
    const put = async (change: Partial<Run>) => {
      const saved = await client.runs.update({ id: run.id, name: change.name, note: change.note });
      this.#list = this.#list?.map((other) => (other.id === saved.id ? saved : other)) ?? null;
    };
    await put(after);
    undoHistory.record({ label, undo: () => put(before), redo: () => put(after) });
  }
}

export const runs = new Runs();
