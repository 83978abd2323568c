/** A job as an Electron utility process: a Node process of its own, on a port, that ends with the app. */
import { constants } from 'node:os';
import { app, utilityProcess, type MessagePortMain } from 'electron';
import { LastWords } from '../services/last-words';
import type { JobProcess, LaunchJob, Log } from '../services/supervisor';

const NAME = 'Tandem job';
/** Chromium tells its reason (`oom`, `crashed`) right after the exit, or not at all. */
const REASON_MS = 200;
/** Codes that a job ends with by itself. */
const OWN_CODES = new Set([0, 1]);

/** @param entry absolute path of the built job entry (`out/main/job.js`). */
export function utilityLauncher(entry: string, log: Log): LaunchJob {
  return () => {
    const child = utilityProcess.fork(entry, [], { serviceName: NAME, stdio: ['ignore', 'pipe', 'pipe'] });
    const lastWords = new LastWords();
    const write = (stream: string) => (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      if (stream === 'stderr') lastWords.add(text);
      log.info('job output', { pid: child.pid, stream, text: text.slice(0, 10_000) });
    };
    child.stdout?.on('data', write('stdout'));
    child.stderr?.on('data', write('stderr'));
    const job: JobProcess = {
      // After its end a utility process drops what it is sent; the supervisor sees the exit.
      post: (message, port) => child.postMessage(message, port ? [port as MessagePortMain] : []),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) =>
        child.on('exit', (code) => void reasonOf(code).then((reason) => listener(reason, lastWords.text))),
      kill: () => void child.kill(),
    };
    return job;
  };
}

/**
 * Electron gives a signal's number as if it were an exit code. Where Chromium knows more, that a process ended for lack of
 * memory, it says so in an event of its own.
 */
async function reasonOf(code: number): Promise<string> {
  if (OWN_CODES.has(code)) return `exit code ${code}`;
  const gone = await goneReason(code);
  if (gone === null) return `exit code ${code}`;
  if (gone === 'oom' || gone === 'memory-eviction') return gone;
  return signalName(code) ?? gone;
}

/** Of a utility process of this app that has just ended with this code; null where it left by itself. */
function goneReason(code: number): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (reason: string | null) => {
      app.off('child-process-gone', listen);
      clearTimeout(timer);
      resolve(reason);
    };
    const listen = (_event: unknown, { name, exitCode, reason }: Electron.Details) => {
      if (name === NAME && exitCode === code) end(reason);
    };
    const timer = setTimeout(() => end(null), REASON_MS);
    app.on('child-process-gone', listen);
  });
}

function signalName(code: number): string | null {
  const found = Object.entries(constants.signals).find(([, number]) => number === code);
  return found ? found[0] : null;
}
