/** Recommendations of a saved model to one user at a time; only the newest question is answered. */
import type { OwnRatings, Recommendations } from '../../../src-main/contract';
import { client } from '../../ipc/client';

/** Length of a list. */
const count = 10;

export class Recommending {
  #answer = $state.raw<Recommendations | null>(null);
  #error = $state.raw<unknown>(null);
  #busy = $state(false);
  #user = $state('');
  #round = 0;

  get answer(): Recommendations | null {
    return this.#answer;
  }
  get error(): unknown {
    return this.#error;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** Whom the answer is for. */
  get user(): string {
    return this.#user;
  }

  /** @param user as in the column of users; empty for a new one. @param rated what a new one rates. */
  async ask(runId: string, user: string, rated: OwnRatings = []): Promise<void> {
    const round = ++this.#round;
    this.#busy = true;
    try {
      const answer = await client.models.recommend({ runId, user, count, rated });
      if (round !== this.#round) return;
      this.#answer = answer;
      this.#user = user;
      this.#error = null;
    } catch (error) {
      if (round === this.#round) this.#error = error;
    } finally {
      if (round === this.#round) this.#busy = false;
    }
  }
}
