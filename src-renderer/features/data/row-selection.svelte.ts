/**
 * Which rows are selected, by their index in the version: by Ctrl- and Shift-click, and by the keys that do the same. Ranges
 * are asked of the data, since rows that were not scrolled to are not at hand.
 */
import { toasts } from '../../state/toasts.svelte';
import { noRows, rowSet, toggled, type RowSet } from './row-set';
import type { RowSource } from './row-source.svelte';

type Modifiers = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

export class RowSelection {
  #rows = $state.raw<RowSet>(noRows);
  /** Position from which a range reaches. */
  #anchor = 0;
  #asked = 0;

  /** Another object whenever other rows are selected. */
  get rows(): RowSet {
    return this.#rows;
  }
  get count(): number {
    return this.#rows.size;
  }
  get indices(): number[] {
    return [...this.#rows];
  }
  has(index: number): boolean {
    return this.#rows.has(index);
  }

  clear(): void {
    this.#asked += 1;
    if (this.#rows.size > 0) this.#rows = noRows;
  }

  /** A row was clicked: alone, with Ctrl (or Command) beside the others, or with Shift up to here. */
  click({ shiftKey, ctrlKey, metaKey }: Modifiers, position: number, source: RowSource): void {
    if (shiftKey) return void this.#range(this.#anchor, position, source);
    this.#anchor = position;
    if (ctrlKey || metaKey) this.toggle(position, source);
    else this.clear();
  }

  /** A key moved from one row to another; with Shift all between them are selected. */
  move(shiftKey: boolean, position: number, source: RowSource): void {
    if (shiftKey) void this.#range(this.#anchor, position, source);
    else this.#anchor = position;
  }

  toggle(position: number, source: RowSource): void {
    const index = source.at(position)?.index;
    if (index === undefined) return;
    this.#anchor = position;
    this.#rows = toggled(this.#rows, index);
  }

  all(source: RowSource): void {
    void this.#range(0, Math.max(0, (source.total ?? 0) - 1), source);
  }

  async #range(from: number, to: number, source: RowSource): Promise<void> {
    const asked = ++this.#asked;
    try {
      const indices = await source.indices(Math.min(from, to), Math.max(from, to) + 1);
      if (asked === this.#asked) this.#rows = rowSet(indices);
    } catch (error) {
      toasts.error(error);
    }
  }
}
