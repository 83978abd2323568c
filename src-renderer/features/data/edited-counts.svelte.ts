/** A column's values as pending edits leave them, for lists of values to choose from: the version knows its own values only. */
import { untrack } from 'svelte';
import type { LabelCounts } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { dataEdits } from '../../state/data-edits.svelte';
import { toasts } from '../../state/toasts.svelte';

export class EditedCounts {
  #counts = $state.raw<{ readonly of: string; readonly counts: LabelCounts } | null>(null);
  #isAsking = false;
  /** What is to be counted once the answer is there; edits in between are counted with the last. */
  #next: readonly [versionId: string, column: string] | null = null;
  readonly #of: () => string | null;

  /** To be made where effects may be. @param column null for none. */
  constructor(versionId: () => string, column: () => string | null) {
    this.#of = () => {
      const name = column();
      return name !== null && isChanged(name) ? JSON.stringify([versionId(), name]) : null;
    };
    $effect(() => {
      const [name, id] = [column(), versionId()];
      void dataEdits.pending;
      if (name !== null && isChanged(name)) untrack(() => void this.#ask([id, name]));
    });
  }

  /** Over the rows that stay; null where no edit changes the column, and until they are known. */
  get counts(): LabelCounts | null {
    return this.#counts !== null && this.#counts.of === this.#of() ? this.#counts.counts : null;
  }

  /** Classes, and after them those that only edits give. */
  classesAfter(known: readonly string[]): string[] {
    const given = this.counts?.classes.filter(({ rows }) => rows > 0).map(({ label }) => label);
    return [...new Set([...known, ...(given ?? [])])];
  }

  async #ask(asked: readonly [string, string]): Promise<void> {
    this.#next = asked;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      for (let now = this.#take(); now !== null; now = this.#take()) {
        const [versionId, column] = now;
        this.#counts = { of: JSON.stringify(now), counts: await client.labels.counts({ versionId, column }) };
      }
    } catch (error) {
      toasts.error(error);
    } finally {
      this.#isAsking = false;
    }
  }

  #take(): readonly [string, string] | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}

function isChanged(name: string): boolean {
  return dataEdits.pending?.changes.changed.some(({ column }) => column === name) ?? false;
}
