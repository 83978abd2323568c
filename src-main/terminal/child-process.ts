/**
 * A job as a forked child of the terminal, on a Node channel. It leads a process group of its own, so that Ctrl-C reaches
 * only the terminal, which then asks the job to stop; when the terminal dies the channel closes, and the job ends.
 */
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LastWords } from '../services/last-words';
import type { JobProcess, LaunchJob } from '../services/supervisor';

/** @param entry absolute path of the built job entry (`out/main/job.js`). */
export function childLauncher(entry: string): LaunchJob {
  return () => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      detached: process.platform !== 'win32',
      // stdout belongs to the command's own result.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const lastWords = new LastWords();
    if (child.stderr) passOn(child.stderr, lastWords);
    const job: JobProcess = {
      post: (message) => {
        // A child that has just ended takes no more; its exit is what the supervisor sees.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        child.once('error', (error) => listener(error.message));
        child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`, lastWords.text));
      },
      kill: () => void child.kill('SIGKILL'),
    };
    return job;
  };
}

/** What TensorFlow tells of itself before its log level takes effect. */
const chatter = /^(WARNING: All log messages before absl::InitializeLog|I0000 )/;

function passOn(stderr: Readable, lastWords: LastWords): void {
  createInterface({ input: stderr }).on('line', (line) => {
    lastWords.add(`${line}\n`);
    if (!chatter.test(line)) process.stderr.write(`${line}\n`);
  });
}
