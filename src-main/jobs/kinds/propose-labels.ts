/**
 * What a model would answer for every row without a label, how sure it is, and how often it was right about rows it had not
 * seen. What is written lies beside the version's rows, in one move at the very end: a cancel leaves what was there before.
 */
import { CodedError, proposeInputSchema } from '../../contract';
import { writeProposals } from '../../data/assist/assist-files';
import { readStanding } from '../../data/assist/standing';
import { getVersion } from '../../storage/datasets';
import { listEdits } from '../../storage/edits';
import { defineJob } from '../definition';
import { quickProposals } from '../assist/quick-proposals';
import { runProposals } from '../assist/run-proposals';

/** SQLite's word for no limit. */
const ALL = -1;

export const proposeLabelsJob = defineJob({
  kind: 'propose-labels',
  input: proposeInputSchema,
  async run({ versionId, column, runId }, context) {
    const began = Date.now();
    const { library, signal } = context;
    const version = getVersion(library.db, versionId);
    const standing = await readStanding(library, version, column, listEdits(library.db, versionId, null, ALL));
    const asked = { version, column, standing };
    const answers = runId === null ? await quickProposals(asked, context) : await runProposals(asked, runId, context);
    if (!answers) throw new CodedError('inputs-missing', { column });
    signal.throwIfAborted();
    const { editedCells } = standing;
    const seconds = (Date.now() - began) / 1000;
    await writeProposals(library, { v: 1, versionId, column, createdAt: began, seconds, editedCells, ...answers });
    return { proposed: answers.rows.length };
  },
});
