/**
 * What a command says. For people: lines of text. With `--json`: one JSON object per line while it works, and the result
 * (or `{"error": …}`) as the last line; nothing else goes to stdout.
 */
import { describeError, toWireError } from '../contract';

export class Output {
  constructor(
    readonly json: boolean,
    private readonly write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
    private readonly writeError: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  ) {}

  /** A line for people only. */
  say(line: string): void {
    if (!this.json) this.write(line);
  }

  /** Something that happened on the way, for programs; `type` tells what. */
  step(message: { readonly type: string } & Record<string, unknown>): void {
    if (this.json) this.write(JSON.stringify(message));
  }

  /** The end of a command that went well. @param text for people; nothing where they have read it all already */
  result(value: object, text?: string): void {
    if (this.json) this.write(JSON.stringify(value));
    else if (text !== undefined) this.write(text);
  }

  error(error: unknown): void {
    const wire = toWireError(error);
    const { message, hint } = describeError(wire, 'en');
    if (this.json)
      this.write(JSON.stringify({ error: { code: wire.code, message, hint, parameters: wire.parameters } }));
    else this.writeError(`${message}\n${hint}`);
  }

  /** What is to be known though it is no part of the result. */
  warn(text: string): void {
    this.writeError(text);
  }
}
