/** Ends in every way that is not meant. */
import { z } from 'zod';
import { CodedError } from '../../../contract';
import { defineJob } from '../../definition';

export const misbehave = defineJob({
  kind: 'misbehave',
  input: z.enum([
    'throw',
    'throw-coded',
    'uncaught',
    'unhandled',
    'exit',
    'kill',
    'abort',
    'segfault',
    'no-memory',
    'deaf',
  ]),
  run(how) {
    if (how === 'throw') throw new Error('boom');
    if (how === 'throw-coded') throw new CodedError('file-missing', { file: 'a.csv' });
    if (how === 'exit') process.exit(3);
    if (how === 'kill') process.kill(process.pid, 'SIGKILL');
    if (how === 'abort') process.abort();
    if (how === 'segfault') process.kill(process.pid, 'SIGSEGV');
    if (how === 'no-memory') giveUpForMemory();
    if (how === 'uncaught') setImmediate(() => fail());
    if (how === 'unhandled') void Promise.reject(new Error('unhandled'));
    // A deaf job neither ends nor listens to `cancel`.
    return new Promise(() => undefined);
  },
});

/** As the C++ library does where an allocation fails. */
function giveUpForMemory(): never {
  console.error("terminate called after throwing an instance of 'std::bad_alloc'");
  process.abort();
}

function fail(): never {
  throw new Error('uncaught');
}
