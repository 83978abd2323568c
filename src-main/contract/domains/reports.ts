/** Reports of runs: drafts, one for each project, and the page that they become. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { reportQuestionSchema, reportSchema } from '../reports';

export const reports = {
  /** Null where there is none yet. */
  draft: procedure({ input: z.object({ projectId: z.string() }), output: reportSchema.nullable() }),
  saveDraft: procedure({ input: z.object({ projectId: z.string(), report: reportSchema }), output: z.void() }),
  /** The whole page. Throws `not-found` for a run that is gone. */
  html: procedure({ input: reportQuestionSchema, output: z.string() }),
  /** Asks where to put it and writes it; the file's name, or null if the person cancels. */
  save: procedure({
    input: reportQuestionSchema.extend({ form: z.enum(['html', 'pdf']) }),
    output: z.string().nullable(),
  }),
};
