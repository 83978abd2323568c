/**
 * What a run leaves behind while it trains: live messages numbered without a gap, and one transaction per epoch,
 * and in the middle of a long one, that holds everything up to there. Events wait for it, so that the stored seq fits it.
 */
import type { EventCode, ErrorCode, LiveEvent, Run, RunEvent, RunState, WireError } from '../../contract';
import { syncLog } from '../../storage/database';
import { appendEvents, commitEpoch, commitPart, runHistory, setRunState, type EpochCommit } from '../../storage/runs';
import type { Library } from '../../storage/library';

/** A live message before it has its place in the order. */
type Unnumbered<Event> = Event extends LiveEvent ? Omit<Event, 'v' | 'seq'> : never;

export class RunRecord {
  readonly #library: Library;
  readonly #runId: string;
  readonly #live: (event: LiveEvent) => void;
  #seq: number;
  #waiting: RunEvent[] = [];
  #onDisk: Promise<void> = Promise.resolve();

  constructor(library: Library, run: Run, live: (event: LiveEvent) => void) {
    this.#library = library;
    this.#runId = run.id;
    this.#live = live;
    this.#seq = runHistory(library.db, run.id).seq;
  }

  send(event: Unnumbered<LiveEvent>): void {
    this.#seq += 1;
    this.#live({ v: 1, seq: this.#seq, ...event });
  }

  /** An event for the log; stored with the next epoch or state. */
  log(code: EventCode | ErrorCode, parameters: RunEvent['parameters'] = {}, level: RunEvent['level'] = 'info'): void {
    const event: RunEvent = { seq: this.#seq + 1, time: Date.now(), level, code, parameters };
    this.send({ type: 'event', event });
    this.#waiting.push(event);
  }

  /** A whole epoch, in the library when this returns and on disk soon; see `settled`. */
  commit(epoch: Omit<EpochCommit, 'runId' | 'events' | 'seq' | 'last'>): void {
    this.send({ type: 'epoch', epoch: epoch.epoch });
    const last = epoch.epoch.metrics;
    commitEpoch(this.#library.db, { ...epoch, runId: this.#runId, last, events: this.#waiting, seq: this.#seq });
    this.#waiting = [];
    this.#onDisk = syncLog(this.#library.db);
    // A refusal may come before anyone asks; `settled` tells of it.
    this.#onDisk.catch(() => undefined);
  }

  /** Waits until the last epoch is on disk. @throws CodedError `disk-full` */
  async settled(): Promise<void> {
    await this.#onDisk;
  }

  /** The middle of an epoch, with all that happened until now; then those who watch may count on it. */
  commitPart(part: Pick<EpochCommit, 'batches' | 'checkpoint'>): void {
    commitPart(this.#library.db, { ...part, runId: this.#runId, events: this.#waiting, seq: this.#seq });
    this.#waiting = [];
    this.send({ type: 'checkpoint', step: part.checkpoint.step });
  }

  /** Stores what waits now, where it must not be lost with the process. */
  keepEvents(): void {
    appendEvents(this.#library.db, this.#runId, this.#waiting, this.#seq);
    this.#waiting = [];
  }

  /** A state between two epochs (paused and back) is no end: its events still wait. */
  pause(paused: boolean): void {
    this.log(paused ? 'paused' : 'continued');
    setRunState(this.#library.db, this.#runId, paused ? 'paused' : 'running');
    this.send({ type: 'state', state: paused ? 'paused' : 'running' });
  }

  /** The last word: everything that waits is stored, and the run has its end. */
  end(state: RunState, error: WireError | null = null): void {
    const seq = this.#seq + 1;
    appendEvents(this.#library.db, this.#runId, this.#waiting, seq);
    this.#waiting = [];
    setRunState(this.#library.db, this.#runId, state, error);
    this.send({ type: 'state', state });
  }

  /** Live only: the job has begun. */
  begin(): void {
    this.send({ type: 'state', state: 'running' });
  }
}

/** A value for a sentence: four significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
