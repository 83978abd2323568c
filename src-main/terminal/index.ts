/** `tandem`: the same app from a terminal. Plain Node, the same services, storage and jobs, no window. */
import { join, resolve } from 'node:path';
import { runProgram } from './program';

// Whoever reads may stop reading (`tandem runs | head`): what is under way, a training too, goes on to its end all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runProgram(process.argv.slice(2), {
  resources: resolve(import.meta.dirname, '..', '..', 'resources'),
  jobEntry: join(import.meta.dirname, 'job.js'),
});
