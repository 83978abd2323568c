/** Holds runs against each other on their test rows. Stays open for questions until it is cancelled. */
import { z } from 'zod';
import { comparingQuestionSchema } from '../../contract';
import { compareTests } from '../comparing/compare-tests';
import { openComparedRuns } from '../comparing/compared-runs';
import { findDisagreements } from '../comparing/disagreements';
import { defineJob } from '../definition';
import { untilCancelled } from '../until-cancelled';

export const compareJob = defineJob({
  kind: 'compare',
  input: z.object({}),
  async run(_, context) {
    const { db } = context.library;
    context.onAsk((question) => {
      const asked = comparingQuestionSchema.parse(question);
      if ('test' in asked) {
        return Promise.resolve(compareTests(openComparedRuns(db, asked.test.runIds), asked.test.score));
      }
      const { disagreements } = asked;
      return Promise.resolve(findDisagreements(openComparedRuns(db, disagreements.runIds), disagreements));
    });
    await untilCancelled(context.signal);
  },
});
