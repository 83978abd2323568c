/** Builds a job entry as the app's build would and starts it as a forked child, so that tests run real processes. */
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { LastWords } from '../last-words';
import { copyBuild } from './shared-builds';

const root = resolve(import.meta.dirname, '../../..');

/** @returns the built file, inside the checkout so that it finds the native packages, and its removal. */
export async function buildJobEntry(entry: string): Promise<{ file: string; remove: () => Promise<void> }> {
  const parent = join(root, 'node_modules', '.cache');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'tandem-job-'));
  await copyBuild(entry, folder, (outDir) =>
    build({
      configFile: false,
      logLevel: 'error',
      root,
      build: {
        ssr: entry,
        outDir,
        minify: false,
        target: 'node20',
        rollupOptions: { output: { entryFileNames: 'job.mjs' } },
      },
    }),
  );
  return { file: join(folder, 'job.mjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The same shape as the supervisor's `JobProcess`, with the process id for tests that kill. */
export function forkJob(file: string) {
  const child = fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const lastWords = new LastWords();
  child.stderr?.on('data', (chunk: Buffer) => lastWords.add(chunk.toString('utf8')));
  return {
    pid: child.pid,
    // A child that is just ending takes no more; its exit is what counts.
    post: (message: object) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener: (message: unknown) => void) => void child.on('message', listener),
    onExit: (listener: (reason: string, lastWords: string) => void) =>
      void child.on('exit', (code, signal) => listener(signal ?? `exit code ${code}`, lastWords.text)),
    kill: () => void child.kill('SIGKILL'),
  };
}
