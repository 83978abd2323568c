/**
 * Facts that the library must get and that cannot be told again: how a job and its run ended. A full disk or a locked
 * library refuses them for a while; they are kept in order and tried again, once a second, until they are in.
 */
import { isPassingStorageError } from '../storage/database';
import type { Log } from './supervisor';

const RETRY_MS = 1000;

export class LateWrites {
  readonly #log: Log;
  readonly #waiting: { readonly what: string; readonly write: () => void; told?: true }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Writes now, or later where the disk or a lock refuses it or earlier facts still wait.
   * @throws what `write` throws for any other reason.
   */
  write(what: string, write: () => void): void {
    this.#waiting.push({ what, write });
    if (this.#timer !== null) return;
    const refused = this.#work();
    if (refused) throw refused.error;
  }

  /** A last try of what waits. What the library still refuses is only logged: its next owner marks it as interrupted. */
  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#work();
    if (this.#timer) clearTimeout(this.#timer);
    for (const { what } of this.#waiting.splice(0)) this.#log.error('not written', { what });
  }

  /** @returns the last error that no waiting helps against; it is logged, and what it refused is given up. */
  #work(): { readonly error: unknown } | null {
    this.#timer = null;
    let refused: { readonly error: unknown } | null = null;
    while (this.#waiting[0]) {
      const [next] = this.#waiting;
      try {
        next.write();
      } catch (error) {
        if (!isPassingStorageError(error)) {
          this.#log.error('not written', { what: next.what, error: String(error) });
          this.#waiting.shift();
          refused = { error };
          continue;
        }
        if (!next.told) this.#log.warn('to be written later', { what: next.what, error: String(error) });
        next.told = true;
        this.#timer = setTimeout(() => this.#work(), RETRY_MS).unref();
        return refused;
      }
      this.#waiting.shift();
    }
    return refused;
  }
}
