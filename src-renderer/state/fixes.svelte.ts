/** What findings offer as a mend goes into the journal of edits here, one step a click, and can be undone like any other edit. */
import type { Edit, EditedRow, PendingEdits } from '../../src-main/contract';
import { client } from '../ipc/client';
import { onNotice } from './notices';
import { toasts } from './toasts.svelte';
import { undoHistory } from './undo.svelte';

/** Rows asked for at a time, as the contract has it. */
const mostRows = 2000;

class Fixes {
  #pending = $state.raw<PendingEdits | null>(null);
  #rows = $state.raw<ReadonlyMap<number, EditedRow>>(new Map());
  #versionId: string | null = null;
  #watched: readonly number[] = [];
  #asked = 0;

  /** The edits over the version that is looked at; null until known. */
  get pending(): PendingEdits | null {
    return this.#pending;
  }

  /** How the edits show on a watched row; null where they do not. */
  row(index: number): EditedRow | null {
    return this.#rows.get(index) ?? null;
  }

  /** Which rows of which version are looked at. */
  watch(versionId: string, rows: readonly number[]): void {
    this.#versionId = versionId;
    this.#watched = rows.slice(0, mostRows);
    void this.#read();
  }

  /** @returns a function that ends it. */
  follow(): () => void {
    return onNotice('versions-changed', () => void this.#read());
  }

  /** Journals edits as one step. @param label what was done, for undo. */
  async apply(versionId: string, edits: readonly Edit[], label: string): Promise<void> {
    try {
      await client.edits.append({ versionId, edits: [...edits] });
    } catch (error) {
      toasts.error(error);
      return;
    }
    await this.#read();
    const then = async (changed: Promise<unknown>) => {
      await changed;
      await this.#read();
    };
    undoHistory.record(
      {
        label,
        undo: () => then(client.edits.undo({ versionId })),
        redo: () => then(client.edits.redo({ versionId })),
      },
      true,
    );
  }

  async #read(): Promise<void> {
    const versionId = this.#versionId;
    const asked = ++this.#asked;
    if (!versionId) return;
    try {
      const [pending, rows] = await Promise.all([
        client.edits.pending({ versionId }),
        client.edits.rows({ versionId, rows: [...this.#watched] }),
      ]);
      if (asked !== this.#asked) return;
      this.#pending = pending;
      this.#rows = new Map(rows.map((row) => [row.index, row]));
    } catch (error) {
      toasts.error(error);
    }
  }
}

export const fixes = new Fixes();
