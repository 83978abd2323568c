/** A job process for tests of what stands around jobs. */
import type { ToJob } from '../../contract';
import type { JobProcess } from '../supervisor';

/** A process that does what the test says. */
export class Puppet implements JobProcess {
  readonly #listeners: ((message: unknown) => void)[] = [];
  readonly #exits: ((reason: string) => void)[] = [];
  readonly posted: ToJob[] = [];

  post(message: ToJob): void {
    this.posted.push(message);
    if (message.type === 'release') this.kill();
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.push(listener);
  }
  onExit(listener: (reason: string) => void): void {
    this.#exits.push(listener);
  }
  kill(): void {
    for (const exit of this.#exits) exit('exit code 0');
  }
  say(message: unknown): void {
    for (const listen of this.#listeners) listen(message);
  }
}
