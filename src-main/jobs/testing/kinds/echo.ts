/** Stays open and answers: what it is asked, its process id, or a refusal. */
import { z } from 'zod';
import { CodedError } from '../../../contract';
import { defineJob } from '../../definition';

export const echo = defineJob({
  kind: 'echo',
  input: z.null(),
  run(_input, context) {
    context.onAsk(async (question) => {
      if (question === 'pid') return process.pid;
      if (question === 'refuse') throw new CodedError('input-not-number', { number: 1, value: 'x', column: 'y' });
      if (question === 'never') return new Promise(() => undefined);
      return question;
    });
    return new Promise((_resolve, reject) => {
      context.signal.addEventListener('abort', () => reject(context.signal.reason as Error));
    });
  },
});
