/** What each field of a search decided, asked of a worker as trials end, with pauses in which the training has its processor. */
import type { ParameterImportance } from '../../../../src-main/catalog';
import type { SearchPlan, Trial } from '../../../../src-main/contract';
import ImportanceWorker from './importance-worker?worker';

export interface ImportanceQuestion {
  readonly plan: Pick<SearchPlan, 'parameters' | 'metric'>;
  readonly trials: readonly Trial[];
}

/** So many times as long as an answer took passes before the next question. */
const REST = 20;

export class Importance {
  #found = $state.raw<readonly ParameterImportance[] | null>(null);
  #error = $state.raw<unknown>(null);
  #worker: Worker | null = null;
  #asked: { readonly key: string; readonly at: number } | null = null;
  #next: ImportanceQuestion | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The most important first; null until the first answer. */
  get found(): readonly ParameterImportance[] | null {
    return this.#found;
  }
  get error(): unknown {
    return this.#error;
  }

  /** Asks anew where trials have ended since; while an answer is due the newest question waits. */
  ask({ plan: { parameters, metric }, trials }: ImportanceQuestion): void {
    const ended = trials.filter(({ state }) => state !== 'running');
    this.#next = { plan: { parameters, metric }, trials: ended };
    if (this.#timer === undefined && (this.#asked === null || this.#found !== null)) this.#post();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }

  #post(): void {
    const question = this.#next;
    const key = question ? `${question.trials.length} ${question.trials.at(-1)?.number}` : null;
    if (!question || key === null || key === this.#asked?.key) return;
    this.#next = null;
    this.#asked = { key, at: performance.now() };
    this.#worker ??= this.#start();
    this.#worker.postMessage(question);
  }

  #start(): Worker {
    const worker = new ImportanceWorker();
    worker.onmessage = ({ data }: MessageEvent<readonly ParameterImportance[]>) => {
      this.#found = data;
      const took = performance.now() - (this.#asked?.at ?? 0);
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#post();
      }, REST * took);
    };
    worker.onerror = (event) => (this.#error = event.error ?? new Error(event.message));
    return worker;
  }
}
