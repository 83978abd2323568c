/** The edits of this window that can be taken back (Ctrl-Z) and made again (Ctrl-Shift-Z), in the order they were made. */
import { m } from '../i18n';
import { toasts } from './toasts.svelte';

export interface Edit {
  /** What was done, in a person's words. */
  readonly label: string;
  /** What it belongs to, where that may end before the window does; see `forget`. */
  readonly scope?: string;
  readonly undo: () => Promise<void> | void;
  readonly redo: () => Promise<void> | void;
}

const kept = 200;

class UndoHistory {
  #done = $state.raw<readonly Edit[]>([]);
  #undone = $state.raw<readonly Edit[]>([]);

  get next(): Edit | null {
    return this.#done.at(-1) ?? null;
  }
  get nextRedo(): Edit | null {
    return this.#undone.at(-1) ?? null;
  }

  /** Records an edit that was made just now. @param toast shows it with an Undo button. */
  record(edit: Edit, toast = false): void {
    this.#done = [...this.#done.slice(1 - kept), edit];
    this.#undone = [];
    if (toast) toasts.show(edit.label, { undo: () => void this.#undoOnly(edit) });
  }

  async undo(): Promise<void> {
    const edit = this.next;
    if (!edit) return;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, edit];
    await attempt(edit.undo);
    toasts.show(m.frame_undone({ label: edit.label }));
  }

  async redo(): Promise<void> {
    const edit = this.nextRedo;
    if (!edit) return;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, edit];
    await attempt(edit.redo);
  }

  /** Edits that can't be taken back any more, as a version was made of them. */
  forget(scope: string): void {
    this.#done = this.#done.filter((edit) => edit.scope !== scope);
    this.#undone = this.#undone.filter((edit) => edit.scope !== scope);
  }

  /** When another project is opened: its edits are not this one's. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
  }

  async #undoOnly(edit: Edit): Promise<void> {
    if (!this.#done.includes(edit)) return;
    this.#done = this.#done.filter((other) => other !== edit);
    this.#undone = [...this.#undone, edit];
    await attempt(edit.undo);
  }
}

async function attempt(action: () => Promise<void> | void): Promise<void> {
  try {
    await action();
  } catch (error) {
    toasts.error(error);
  }
}

export const undoHistory = new UndoHistory();
