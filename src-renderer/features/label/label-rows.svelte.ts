/** Rows of a version by their index, fetched before they are looked at; the latest few hundred stay at hand. */
import type { Row } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { noRows, withRows } from './kept-rows';

/** As many as one question may hold. */
const mostAsked = 500;

export class LabelRows {
  readonly #versionId: string;
  #rows = $state.raw(noRows);
  #error = $state.raw<unknown>(null);
  #wanted: readonly number[] = [];
  #fetching = false;

  constructor(versionId: string) {
    this.#versionId = versionId;
  }

  get error(): unknown {
    return this.#error;
  }

  /** Null until it is read. */
  at(index: number): Row | null {
    return this.#rows.get(index) ?? null;
  }

  /** Asks for rows, the most urgent first; what was asked before and is not read yet is forgotten. */
  want(indices: readonly number[]): void {
    this.#wanted = indices.filter((index) => !this.#rows.has(index)).slice(0, mostAsked);
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      while (this.#wanted.length > 0) {
        const rows = [...this.#wanted];
        this.#wanted = [];
        const read = await client.quality.rows({ versionId: this.#versionId, rows });
        this.#rows = withRows(this.#rows, read);
      }
    } catch (error) {
      this.#error = error;
    } finally {
      this.#fetching = false;
    }
  }
}
