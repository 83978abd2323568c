/**
 * Rows under a filter, fetched page by page as they come into sight. A page that is asked for while another is on its way
 * is fetched next; those asked for in between, which scrolling has passed, are left out.
 */
import { MOST_EDITED_ROWS, type DataSetup, type Row, type RowChoice } from '../../../src-main/contract';
import { client } from '../../ipc/client';

const pageSize = 300;
const pagesKept = 40;

interface Page {
  readonly number: number;
  /** How often rows had been found anew when it was asked for. */
  readonly edition: number;
  readonly rows: readonly Row[];
}

export type RowFilter = Omit<RowChoice, 'setup'>;

export class RowSource {
  #setup: DataSetup;
  #filter: RowFilter;
  #pages = $state.raw<readonly Page[]>([]);
  #total = $state<number | null>(null);
  #error = $state.raw<unknown>(null);
  #wanted: readonly number[] = [];
  #sight: readonly [first: number, end: number] = [0, 1];
  #edition = 0;
  #fetching = false;
  #ended = false;
  readonly #guess: number | null;

  /** @param guess rows that there may be, so that a view stays until the answer comes. */
  constructor(setup: DataSetup, filter: RowFilter, guess: number | null = null) {
    this.#setup = setup;
    this.#filter = filter;
    this.#guess = guess;
    this.want(0, 1);
  }

  /** Rows that the filter lets through, or about as many; null where nothing is known. */
  get total(): number | null {
    return this.#total ?? this.#guess;
  }
  /** Whether no answer has come yet. */
  get isBusy(): boolean {
    return this.#total === null;
  }
  get error(): unknown {
    return this.#error;
  }

  /** The row at a position under the filter; null until it is read. */
  at(position: number): Row | null {
    return this.#page(Math.floor(position / pageSize))?.rows[position % pageSize] ?? null;
  }

  /** Asks for the rows from `first` up to `end`. */
  want(first: number, end: number): void {
    this.#sight = [first, end];
    const pages: number[] = [];
    for (let page = Math.floor(first / pageSize); page * pageSize < end; page += 1) {
      if (!this.#isCurrent(page)) pages.push(page);
    }
    this.#wanted = pages;
    void this.#fetch();
  }

  /** Finds the rows anew, as edits may have changed which ones there are; those in sight stay until the answer comes. */
  renew(): void {
    this.#edition += 1;
    this.want(...this.#sight);
  }

  /** Indices in the version of the rows from position `first` up to `end`, read or not. */
  async indices(first: number, end: number): Promise<Int32Array> {
    const limits = { offset: first, limit: Math.min(MOST_EDITED_ROWS, Math.max(1, end - first)) };
    return client.datasets.rowIndices({ setup: this.#setup, ...this.#filter, ...limits });
  }

  /** Stops taking answers; another source has taken its place. */
  end(): void {
    this.#ended = true;
  }

  #page(number: number): Page | undefined {
    return this.#pages.find((page) => page.number === number);
  }

  #isCurrent(number: number): boolean {
    return this.#page(number)?.edition === this.#edition;
  }

  async #fetch(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      for (let page = this.#wanted[0]; page !== undefined && !this.#ended; page = this.#wanted[0]) {
        const edition = this.#edition;
        const limits = { offset: page * pageSize, limit: pageSize };
        const answer = await client.datasets.rows({ setup: this.#setup, ...this.#filter, ...limits });
        this.#total = answer.total;
        this.#error = null;
        const others = this.#pages.filter(({ number }) => number !== page);
        this.#pages = [...others.slice(1 - pagesKept), { number: page, edition, rows: answer.rows }];
        this.#wanted = this.#wanted.filter((wanted) => !this.#isCurrent(wanted));
      }
    } catch (error) {
      this.#error = error;
    } finally {
      this.#fetching = false;
    }
  }
}
