/** The end of what a process wrote to stderr: what it said before it died tells why. */
const KEPT_CHARACTERS = 8000;

export class LastWords {
  #text = '';

  get text(): string {
    return this.#text;
  }

  add(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-KEPT_CHARACTERS);
  }
}
