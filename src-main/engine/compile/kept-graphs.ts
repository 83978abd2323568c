/**
 * Loaded graphs that outlive their step, for another step of the same network on the same data: writing, loading and optimizing
 * a graph takes longer than some epochs of a small network. Whoever takes one sets all its state anew, so nothing of the step
 * before is left in it.
 */
import type { GraphSession } from './session';

interface Kept {
  readonly key: string;
  readonly session: GraphSession;
  /** Of the data, weights and slots that stand in it. */
  readonly bytes: number;
}

export class KeptGraphs {
  readonly #most: { readonly graphs: number; readonly bytes: number };
  /** The last used last. */
  #kept: Kept[] = [];

  /** @param most that are kept at once, while no step has them */
  constructor(most: { readonly graphs: number; readonly bytes: number }) {
    this.#most = most;
  }

  /** @returns a graph that was kept by this key, the caller's from now on; null where none is */
  take(key: string): GraphSession | null {
    const found = this.#kept.find((one) => one.key === key);
    this.#kept = this.#kept.filter((one) => one !== found);
    return found?.session ?? null;
  }

  /** Keeps a graph, or disposes of it where it is too large; those that were not used for longest make room. */
  keep(key: string, session: GraphSession, bytes: number): void {
    this.#kept.push({ key, session, bytes });
    while (this.#kept.length > this.#most.graphs || this.#bytes() > this.#most.bytes) this.#dropOldest();
  }

  /** Lets all go, as at the end or where memory runs out. */
  dispose(): void {
    while (this.#kept.length > 0) this.#dropOldest();
  }

  #bytes(): number {
    return this.#kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #dropOldest(): void {
    this.#kept.shift()?.session.dispose();
  }
}
