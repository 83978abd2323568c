/** What main watches over itself: its own delays, and the processes beside it. */
import { readFileSync } from 'node:fs';
import { app } from 'electron';
import type { Log } from '../services/supervisor';

const knowsWork = process.platform === 'linux';
const RESOLUTION_MS = 5;
const REPORT_EVERY_MS = 5000;
/** Main must never be busy for longer: the window waits for it. */
const LIMIT_MS = 10;

/** Logs each stretch of five seconds in which main worked too long without coming back. For development. */
export function watchDelays(log: Log): void {
  let longestMs = 0;
  let before = workedMs();
  setInterval(() => {
    const now = workedMs();
    longestMs = Math.max(longestMs, now - before - (knowsWork ? 0 : RESOLUTION_MS));
    before = now;
  }, RESOLUTION_MS).unref();
  setInterval(() => {
    if (longestMs > LIMIT_MS) log.warn('main was held up', { longestMs: Math.round(longestMs) });
    longestMs = 0;
  }, REPORT_EVERY_MS).unref();
}

/**
 * How long this thread has worked so far. Linux tells it apart from waiting for a processor that other programs use
 * (first field of `schedstat`, nanoseconds); elsewhere the clock stands in, and a busy machine looks like a busy main.
 */
function workedMs(): number {
  if (!knowsWork) return performance.now();
  return Number.parseInt(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8'), 10) / 1e6;
}

export function logLostProcesses(log: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) =>
    log.warn('process gone', { type, reason, exitCode, serviceName }),
  );
}
