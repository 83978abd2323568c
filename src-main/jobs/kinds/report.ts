/** Writes reports of runs. Stays open for questions until it is cancelled: a person writes, and looks at each change. */
import { version as app } from '../../../package.json';
import { reportPage, Words, type ReportFacts } from '../../catalog/report';
import { reportQuestionSchema } from '../../contract';
import { z } from 'zod';
import { defineJob } from '../definition';
import { gatherFacts, stampOf } from '../report/gather-facts';
import { untilCancelled } from '../until-cancelled';

export const reportJob = defineJob({
  kind: 'report',
  input: z.object({}),
  async run(_, context) {
    const { db } = context.library;
    let known: { readonly stamp: string; readonly facts: ReportFacts } | null = null;
    context.onAsk((question) => {
      const { report, locale } = reportQuestionSchema.parse(question);
      const stamp = stampOf(db, report.runIds);
      if (known?.stamp !== stamp) known = { stamp, facts: gatherFacts(db, report.runIds, app) };
      return Promise.resolve(reportPage(report, { ...known.facts, made: Date.now() }, new Words(locale)));
    });
    await untilCancelled(context.signal);
  },
});
