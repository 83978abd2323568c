/** What the shown runs' test rows say of them together, asked anew as runs, reference or score change. */
import { mostTestedTogether, type Run, type TestComparison } from '../../../../src-main/contract';
import { client } from '../../../ipc/client';

export class TestedTogether {
  score = $state<string | null>(null);
  /** The run against which the others are held; the first tested one where it is none of them. */
  reference = $state<string | null>(null);
  #answer = $state.raw<TestComparison | null>(null);
  #error = $state.raw<unknown>(null);
  #busy = $state(false);
  #asked = '';

  get answer(): TestComparison | null {
    return this.#answer;
  }
  get error(): unknown {
    return this.#error;
  }
  get busy(): boolean {
    return this.#busy;
  }

  /** The reference first. */
  order(runs: readonly Run[]): string[] {
    const ids = runs.map(({ id }) => id);
    const { reference } = this;
    const ordered =
      reference !== null && ids.includes(reference) ? [reference, ...ids.filter((id) => id !== reference)] : ids;
    return ordered.slice(0, mostTestedTogether);
  }

  /** Asks where something has changed that could change the answer. */
  async follow(runs: readonly Run[]): Promise<void> {
    const question = { runIds: this.order(runs), score: this.score };
    const asked = JSON.stringify([question, runs.map(({ test }) => test)]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    if (question.runIds.length < 2) {
      this.#answer = null;
      return;
    }
    this.#busy = true;
    try {
      const answer = await client.comparisons.test(question);
      if (asked !== this.#asked) return;
      this.#answer = answer;
      this.#error = null;
    } catch (error) {
      if (asked === this.#asked) this.#error = error;
    } finally {
      if (asked === this.#asked) this.#busy = false;
    }
  }
}
