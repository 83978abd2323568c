/** Answers about immutable versions, kept while a person goes back and forth: the latest few dozen. */

const MOST = 64;

export class Kept {
  readonly #answers = new Map<string, Promise<unknown>>();

  /** The answer for a key, made once; one that failed is made again when it is asked for. */
  get<Answer>(key: readonly unknown[], make: () => Promise<Answer>): Promise<Answer> {
    const name = JSON.stringify(key);
    const known = this.#answers.get(name);
    if (known) return known as Promise<Answer>;
    const made = make();
    this.#answers.set(name, made);
    made.catch(() => this.#answers.delete(name));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST && oldest !== undefined) this.#answers.delete(oldest);
    return made;
  }
}
