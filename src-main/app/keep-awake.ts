/** Keeps the machine from sleeping while a run trains, and only then: a paused run may wait in its sleep. */
import type { Job } from '../contract';

/** Electron's `powerSaveBlocker`. */
export interface SleepBlocker {
  start(kind: 'prevent-app-suspension'): number;
  stop(id: number): void;
}

/** @returns what to call with the running jobs at each change of any. */
export function keepAwake(blocker: SleepBlocker): (running: readonly Job[]) => void {
  let held: number | null = null;
  return (running) => {
    const isTraining = (kind: string) => kind === 'train' || kind === 'search';
    const training = running.some(({ kind, state, endedAt }) => isTraining(kind) && state === 'running' && !endedAt);
    if (training && held === null) held = blocker.start('prevent-app-suspension');
    if (!training && held !== null) {
      blocker.stop(held);
      held = null;
    }
  };
}
