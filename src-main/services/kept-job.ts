/** A job that stays open for questions: started at the first one, cancelled after a minute without one. */
import type { JobRequest, Supervisor } from './supervisor';

const IDLE_MS = 60_000;

export class KeptJob {
  readonly #supervisor: Supervisor;
  readonly #request: JobRequest;
  readonly #idleMs: number;
  #jobId: string | null = null;
  #asking = 0;
  #idle: NodeJS.Timeout | null = null;
  #closing = false;

  constructor(supervisor: Supervisor, request: JobRequest, idleMs = IDLE_MS) {
    this.#supervisor = supervisor;
    this.#request = request;
    this.#idleMs = idleMs;
  }

  get #lives(): boolean {
    return this.#supervisor.working().some((job) => job.id === this.#jobId);
  }

  /** @throws CodedError as `Supervisor.ask`; where the process died, the next question starts another. */
  async ask(question: unknown): Promise<unknown> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#jobId === null || !this.#lives) this.#jobId = this.#supervisor.start(this.#request).id;
    this.#asking += 1;
    try {
      return await this.#supervisor.ask(this.#jobId, question);
    } finally {
      this.#asking -= 1;
      if (this.#asking === 0) this.#wait();
    }
  }

  /** Ends it when it has answered. */
  close(): void {
    this.#closing = true;
    if (this.#asking === 0) this.#wait();
  }

  #wait(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#closing) this.#end();
    else this.#idle = setTimeout(() => this.#end(), this.#idleMs).unref();
  }

  #end(): void {
    if (this.#jobId !== null && this.#lives) this.#supervisor.command(this.#jobId, 'cancel');
    this.#jobId = null;
  }
}
