/**
 * One run followed as it trains: its history, then live messages. They are laid together for a while, as every change of the
 * window takes processor time from the training; that it pauses, goes on or ends shows with the next frame.
 */
import { isWaiting, type JobCommand, type LiveEvent, type Run } from '../../src-main/contract';
import { client } from '../ipc/client';
import { watchRun } from '../ipc/live';
import { DrawingPace } from './drawing-pace';
import { applyLive, viewOfHistory, type RunView } from './run-view';
import { status } from './status.svelte';
import { toasts } from './toasts.svelte';

/** Whether a run's process is at work, or is to be: it may still wait for its turn. */
export function isActive(run: Pick<Run, 'state'>): boolean {
  return run.state === 'queued' || run.state === 'running' || run.state === 'paused';
}

/** How often a gap is mended by reading the history again before what there is must do. */
const MENDS = 3;

class Training {
  #view = $state.raw<RunView | null>(null);
  #runId: string | null = null;
  #queue: LiveEvent[] = [];
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #pace = new DrawingPace();
  #mends = 0;
  #attachment = 0;
  #stopWatching: () => void = () => undefined;

  /** The run followed, null while none is or its history is being read. */
  get view(): RunView | null {
    return this.#view;
  }

  /** Follows a run from now on, or none. Following the same run again changes nothing. */
  async follow(runId: string | null): Promise<void> {
    if (runId === this.#runId) return;
    this.#leave();
    this.#runId = runId;
    this.#view = null;
    this.#mends = 0;
    if (runId) await this.#attach(runId);
  }

  /** @throws CodedError what the run's process or main refused. */
  async command(command: JobCommand): Promise<void> {
    if (this.#runId) await client.runs.command({ id: this.#runId, command });
  }

  /** Reads the run's row again: its state, best and test figures are main's word. */
  async refresh(): Promise<void> {
    const id = this.#runId;
    if (!id || !this.#view) return;
    const before = this.#view.run;
    const run = await client.runs.get({ id });
    if (this.#runId !== id || !this.#view) return;
    // One that waited and now has a job has live messages from now on.
    if (isActive(before) !== isActive(run) || before.jobId !== run.jobId) await this.#attach(id);
    else this.#show({ ...this.#view, run });
  }

  async #attach(runId: string): Promise<void> {
    this.#leave();
    const attachment = ++this.#attachment;
    const history = await client.runs.history({ id: runId });
    if (this.#runId !== runId || attachment !== this.#attachment) return;
    this.#show(viewOfHistory(history));
    if (!isActive(history.run)) return;
    this.#stopWatching = watchRun(runId, history.seq, {
      onEvent: (event) => this.#receive(event),
      onEnd: () => this.#attempt(this.refresh()),
      onError: (error) => toasts.error(error),
    });
  }

  #leave(): void {
    this.#stopWatching();
    this.#stopWatching = () => undefined;
    this.#queue = [];
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#timer = undefined;
  }

  #receive(event: LiveEvent): void {
    this.#queue.push(event);
    if (event.type === 'state') this.#flushInFrame();
    else this.#timer ??= setTimeout(() => this.#flushInFrame(), this.#pace.milliseconds);
  }

  #flushInFrame(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const start = performance.now();
    this.#flush();
    // Once the page is painted and the charts, which wait for tasks of their own, are drawn.
    setTimeout(() => setTimeout(() => this.#pace.drew(performance.now() - start)));
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#frame = 0;
    const messages = this.#queue;
    this.#queue = [];
    if (!this.#view || !this.#runId) return;
    const { view, gap } = applyLive(this.#view, messages);
    this.#show(view);
    // Other settings came into force: what is stored of the run, its steps among it, is no longer what the view has.
    if (messages.some((message) => message.type === 'event' && message.event.code.endsWith('-adjusted'))) {
      this.#attempt(this.#attach(this.#runId));
    } else if (gap && this.#mends < MENDS) {
      this.#mends += 1;
      this.#attempt(this.#attach(this.#runId));
    }
  }

  #show(view: RunView): void {
    this.#view = view;
    status.run =
      isActive(view.run) && !isWaiting(view.run)
        ? {
            runId: view.run.id,
            name: view.run.name,
            state: view.run.state,
            done: doneShare(view),
            etaSeconds: view.etaSeconds,
          }
        : null;
  }

  #attempt(work: Promise<void>): void {
    work.catch((error: unknown) => toasts.error(error));
  }
}

/** Share of all steps that are done, 0–1; by epochs until the number of steps is known. */
export function doneShare(view: RunView): number {
  if (view.stepsTotal > 0) return Math.min(1, view.stepsDone / view.stepsTotal);
  return Math.min(1, view.epochs.length / view.run.settings.epochs);
}

export const training = new Training();
