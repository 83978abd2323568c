/** What the steps of a column make of some rows; the newest question wins, and the answer before stays until it is there. */
import type { DataSetup, StepStage } from '../../../../src-main/contract';
import { client } from '../../../ipc/client';

interface Preview {
  readonly column: string;
  /** Row indices. */
  readonly rows: readonly number[];
  readonly stages: readonly StepStage[];
}

export class StepPreview {
  #preview = $state.raw<Preview | null>(null);
  #error = $state.raw<unknown>(null);
  #asked = 0;

  get preview(): Preview | null {
    return this.#preview;
  }
  /** Why the steps cannot be shown; null while they can. */
  get error(): unknown {
    return this.#error;
  }

  async ask(setup: DataSetup, column: string): Promise<void> {
    const asked = ++this.#asked;
    try {
      const preview = await client.datasets.preview({ setup, column, rows: [] });
      if (asked !== this.#asked) return;
      this.#preview = { column, ...preview };
      this.#error = null;
    } catch (error) {
      if (asked === this.#asked) this.#error = error;
    }
  }
}
