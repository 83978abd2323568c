/** What the status bar says of the run at hand; Train fills it, the frame shows it. */
import type { RunState } from '../../src-main/contract';

export interface RunStatus {
  readonly runId: string;
  readonly name: string;
  readonly state: RunState;
  /** Share of the work done, 0–1; null until known. */
  readonly done: number | null;
  readonly etaSeconds: number | null;
}

class StatusState {
  #run = $state.raw<RunStatus | null>(null);

  get run(): RunStatus | null {
    return this.#run;
  }
  set run(status: RunStatus | null) {
    this.#run = status;
  }
}

export const status = new StatusState();
