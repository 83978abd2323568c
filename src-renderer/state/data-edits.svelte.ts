/**
 * The edits over the open version that no version has been made of yet: journaled at once, shown on the rows in sight, undone
 * with Ctrl-Z in the order of all other edits of the window, and made into a version when a person says so or trains.
 */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import {
  CodedError,
  isListType,
  type Edit,
  type EditedRow,
  type Job,
  type PendingEdits,
} from '../../src-main/contract';
import { m } from '../i18n';
import { client } from '../ipc/client';
import { activity } from './activity.svelte';
import { onNotice } from './notices';
import { toasts } from './toasts.svelte';
import { undoHistory } from './undo.svelte';
import { workspace } from './workspace.svelte';

/** Rows asked for at a time, as the contract has it. */
const MOST_ROWS = 2000;

class DataEdits {
  #pending = $state.raw<PendingEdits | null>(null);
  #jobId = $state<string | null>(null);
  readonly #rows = new SvelteMap<number, EditedRow>();
  #inSight: readonly number[] = [];
  #asked = 0;

  /** Null until known, and where no data is open. */
  get pending(): PendingEdits | null {
    return this.#pending;
  }
  /** The job that makes a version of them, where this window has started one. */
  get making(): Job | null {
    return this.#jobId === null ? null : activity.job(this.#jobId);
  }
  get isMaking(): boolean {
    return this.#jobId !== null;
  }

  /** How the edits show on a row in sight; null where they do not. */
  row(index: number): EditedRow | null {
    return this.#rows.get(index) ?? null;
  }

  /** Reads how things stand over the open version. */
  async reload(): Promise<void> {
    const versionId = workspace.version?.id;
    if (!versionId) return this.#take(null);
    try {
      const pending = await client.edits.pending({ versionId });
      if (workspace.version?.id === versionId) await this.#take(pending);
    } catch (error) {
      toasts.error(error);
    }
  }

  /** Which rows are looked at, so that their edits are known. */
  async want(rows: readonly number[]): Promise<void> {
    this.#inSight = rows.slice(0, MOST_ROWS);
    const versionId = workspace.version?.id;
    const asked = ++this.#asked;
    if (!versionId || !this.#pending || this.#pending.steps === 0) return this.#rows.clear();
    const edited = await client.edits.rows({ versionId, rows: [...this.#inSight] });
    if (asked !== this.#asked) return;
    const found = new Map(edited.map((row) => [row.index, row]));
    for (const index of this.#rows.keys()) if (!found.has(index)) this.#rows.delete(index);
    for (const [index, row] of found) this.#rows.set(index, row);
  }

  /**
   * Journals edits as one step.
   * @param label what was done, for undo. @param toast shows it with an Undo button.
   * @returns whether they were taken
   */
  append(edits: readonly Edit[], label: string, toast = false): Promise<boolean> {
    return this.journal((versionId) => client.edits.append({ versionId, edits: [...edits] }), label, { toast });
  }

  /**
   * Journals a cell while it is typed. @param continues takes the place of what was journaled for it just before, as one step of undo.
   */
  type(edit: Edit, label: string, continues: boolean): Promise<boolean> {
    return this.journal((versionId) => client.edits.append({ versionId, edits: [edit], continues }), label, {
      continues,
    });
  }

  /** As `append`, for edits that main works out by itself. @param step journals one step and answers how things stand. */
  async journal(
    step: (versionId: string) => Promise<PendingEdits>,
    label: string,
    { toast = false, continues = false } = {},
  ): Promise<boolean> {
    const versionId = workspace.version?.id;
    if (!versionId) return false;
    let isNew = true;
    try {
      const pending = await step(versionId);
      // What takes the place of the last step is undone with it.
      isNew = !continues || pending.steps !== this.#pending?.steps;
      await this.#take(pending);
    } catch (error) {
      toasts.error(error);
      return false;
    }
    if (!isNew) return true;
    const take = async (pending: Promise<PendingEdits>) => this.#take(await pending);
    const undo = () => take(client.edits.undo({ versionId }));
    const redo = () => take(client.edits.redo({ versionId }));
    undoHistory.record({ label, scope: versionId, undo, redo }, toast);
    return true;
  }

  /** Takes the last step back, whatever this window did since. */
  async undo(): Promise<void> {
    const versionId = workspace.version?.id;
    if (!versionId) return;
    // The window's own history knows its label, and can do it again.
    if (undoHistory.next?.scope === versionId) return undoHistory.undo();
    try {
      await this.#take(await client.edits.undo({ versionId }));
    } catch (error) {
      toasts.error(error);
    }
  }

  /** Takes all steps back; Ctrl-Z brings all of them again. */
  async discard(): Promise<void> {
    const pending = this.#pending;
    if (!pending || pending.steps === 0) return;
    const { versionId, steps } = pending;
    try {
      await this.#take(await client.edits.clear({ versionId }));
      // The steps are not done any more, so that only bringing all of them back is left to undo.
      undoHistory.forget(versionId);
      const clear = async () => this.#take(await client.edits.clear({ versionId }));
      const redoAll = async () => {
        for (let step = 0; step < steps; step += 1) await this.#take(await client.edits.redo({ versionId }));
      };
      undoHistory.record({ label: m.versions_discarded(), scope: versionId, undo: redoAll, redo: clear }, true);
    } catch (error) {
      toasts.error(error);
    }
  }

  /** Makes a version of them; the project goes on with it. */
  async make(): Promise<void> {
    const versionId = workspace.version?.id;
    if (!versionId || this.isMaking) return;
    try {
      const added = this.#pending?.added.filter(({ type }) => !isListType(type)).map(({ name }) => name) ?? [];
      const { jobId } = await client.edits.make({ versionId });
      this.#jobId = jobId;
      await activity.reload();
      await client.edits.made({ jobId });
      await workspace.reload();
      if (added.length > 0 && workspace.setup) toasts.show(m.label_added_unused({ columns: added.join(', ') }));
    } catch (error) {
      if (!(error instanceof CodedError && error.code === 'job-cancelled')) toasts.error(error);
      else toasts.show(m.versions_make_cancelled());
    } finally {
      this.#jobId = null;
      await this.reload();
    }
  }

  async cancel(): Promise<void> {
    if (this.#jobId !== null) await activity.command(this.#jobId, 'cancel');
  }

  async #take(pending: PendingEdits | null): Promise<void> {
    const before = this.#pending;
    this.#pending = pending;
    if (before && before.versionId !== pending?.versionId) undoHistory.forget(before.versionId);
    await this.want(this.#inSight);
  }
}

export const dataEdits = new DataEdits();

/** Keeps the edits current with the open version and with what others do to it. To be called where effects may be. */
export function followEdits(): void {
  $effect(() => {
    void workspace.version?.id;
    untrack(() => void dataEdits.reload());
  });
  $effect(() => onNotice('versions-changed', () => void dataEdits.reload()));
}
