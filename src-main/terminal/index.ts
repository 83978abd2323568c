/** `tandem`: the same app from a terminal. Plain Node, the same services, storage and jobs, no window. */
import { join, resolve } from 'node:path';
import { runProgram } from './program';

process.exitCode = await runProgram(process.argv.slice(2), {
  resources: resolve(import.meta.dirname, '..', '..', 'resources'),
  jobEntry: join(import.meta.dirname, 'job.js'),
});
