/** A job as an Electron utility process: a Node process of its own, on a port, that ends with the app. */
import { utilityProcess, type MessagePortMain } from 'electron';
import type { JobProcess, LaunchJob, Log } from '../services/supervisor';

/** @param entry absolute path of the built job entry (`out/main/job.js`). */
export function utilityLauncher(entry: string, log: Log): LaunchJob {
  return () => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Tandem job', stdio: ['ignore', 'pipe', 'pipe'] });
    const write = (stream: string) => (chunk: Buffer) =>
      log.info('job output', { pid: child.pid, stream, text: chunk.toString('utf8').slice(0, 10_000) });
    child.stdout?.on('data', write('stdout'));
    child.stderr?.on('data', write('stderr'));
    const job: JobProcess = {
      // After its end a utility process drops what it is sent; the supervisor sees the exit.
      post: (message, port) => child.postMessage(message, port ? [port as MessagePortMain] : []),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.on('exit', (code) => listener(`exit code ${code}`)),
      kill: () => void child.kill(),
    };
    return job;
  };
}
