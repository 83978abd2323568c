/** One question at a time to a saved model; while it answers, only the newest further question is kept. */
import type { Prediction, PredictionInput } from '../../../src-main/contract';
import { client } from '../../ipc/client';

export class Asking {
  #prediction = $state.raw<Prediction | null>(null);
  #error = $state.raw<unknown>(null);
  #busy = $state(false);
  #waiting: { runId: string; input: PredictionInput } | null = null;
  #round = 0;

  get prediction(): Prediction | null {
    return this.#prediction;
  }
  get error(): unknown {
    return this.#error;
  }
  get busy(): boolean {
    return this.#busy;
  }

  /** Forgets the answer and what was asked. */
  clear(): void {
    this.#round += 1;
    this.#waiting = null;
    this.#prediction = null;
    this.#error = null;
  }

  async ask(runId: string, input: PredictionInput): Promise<void> {
    this.#waiting = { runId, input };
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting) {
      const question: { runId: string; input: PredictionInput } = this.#waiting;
      const round = this.#round;
      this.#waiting = null;
      try {
        const [prediction] = await client.models.predict({ runId: question.runId, inputs: [question.input] });
        if (round === this.#round) {
          this.#prediction = prediction ?? null;
          this.#error = null;
        }
      } catch (error) {
        if (round === this.#round) this.#error = error;
      }
    }
    this.#busy = false;
  }
}
