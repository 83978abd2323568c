/** What main watches over itself: its own delays, the processes beside it, and sleep while a run trains. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { app, powerSaveBlocker } from 'electron';
import type { Job } from '../contract';
import type { Log } from '../services/supervisor';

const RESOLUTION_MS = 5;
const REPORT_EVERY_MS = 5000;
/** Main must never be busy for longer: the window waits for it. */
const LIMIT_MS = 10;

/** Logs each stretch of five seconds in which main was held up for too long. For development. */
export function watchDelays(log: Log): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  setInterval(() => {
    // Node counts the sampling interval into the delay; both are nanoseconds here.
    const longestMs = delays.max / 1e6 - RESOLUTION_MS;
    if (longestMs > LIMIT_MS) log.warn('main was held up', { longestMs: Math.round(longestMs) });
    delays.reset();
  }, REPORT_EVERY_MS).unref();
}

export function logLostProcesses(log: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) =>
    log.warn('process gone', { type, reason, exitCode, serviceName }),
  );
}

/** Keeps the machine from sleeping while a run trains. @returns what to call at each change of jobs. */
export function keepAwake(): (running: readonly Job[]) => void {
  let blocker: number | null = null;
  return (running) => {
    const training = running.some(({ kind, state, endedAt }) => kind === 'train' && state === 'running' && !endedAt);
    if (training && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!training && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
