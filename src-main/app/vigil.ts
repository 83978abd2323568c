/** What main watches over: the processes beside it. How long main itself is held up is measured by `e2e/fixtures/stalls.ts`. */
import { app } from 'electron';
import type { Log } from '../services/supervisor';

export function logLostProcesses(log: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) =>
    log.warn('process gone', { type, reason, exitCode, serviceName }),
  );
}
