/** Which of several tables a person means: asked in a dialogue, answered once. */
import type { TableList } from '../../src-main/contract';

interface Asked extends TableList {
  /** Of the file or dataset. */
  readonly name: string;
  /** The table that is read now; null where none is yet. */
  readonly taken: string | null;
}

export class TableQuestion {
  #asked = $state.raw<Asked | null>(null);
  #resolve: (table: string | null) => void = () => undefined;

  get asked(): Asked | null {
    return this.#asked;
  }

  /** @returns the table's name; null where the person means none */
  ask(name: string, list: TableList, taken: string | null): Promise<string | null> {
    this.#asked = { ...list, name, taken };
    return new Promise((resolve) => (this.#resolve = resolve));
  }

  answer(table: string | null): void {
    this.#asked = null;
    this.#resolve(table);
  }
}
