/**
 * What a model would answer for every row without a label, how sure it is, and how often it was right about rows it had not
 * seen. What is written lies beside the version's rows, in one move at the very end: a cancel leaves what was there before.
 */
import { CodedError, proposeInputSchema, type JournaledEdit } from '../../contract';
import { writeProposals } from '../../data/assist/assist-files';
import { readStanding } from '../../data/assist/standing';
import { getVersion } from '../../storage/datasets';
import { listEdits } from '../../storage/edits';
import { defineJob, type JobContext } from '../definition';
import { boxProposals } from '../assist/box-proposals';
import { markProposals } from '../assist/mark-proposals';
import type { LearnedColumn } from '../assist/open-learners';
import { listProposals } from '../assist/list-proposals';
import { quickProposals, type Answers } from '../assist/quick-proposals';
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
    const edits = listEdits(library.db, versionId, null, ALL);
    const standing = await readStanding(library, version, column, edits);
    const answers = await answersOf({ version, column, standing }, runId, edits, context);
    if (!answers) throw new CodedError('inputs-missing', { column });
    signal.throwIfAborted();
    const { editedCells } = standing;
    const seconds = (Date.now() - began) / 1000;
    await writeProposals(library, { v: 1, versionId, column, createdAt: began, seconds, editedCells, ...answers });
    return { proposed: answers.rows.length };
  },
});

/**
 * A run that is named, what was marked already for spans, a finder of boxes, a quick model per class of lists, else one of all
 * classes. @throws CodedError as each of them
 */
async function answersOf(
  asked: LearnedColumn,
  runId: string | null,
  edits: readonly JournaledEdit[],
  context: JobContext,
): Promise<Answers | null> {
  if (runId !== null) return runProposals(asked, runId, context);
  const { version, column, standing } = asked;
  if (standing.type === 'labels') return listProposals(asked, context);
  if (standing.type === 'boxes') return boxProposals(asked, context);
  if (standing.type !== 'spans' || standing.of === undefined) return quickProposals(asked, context);
  const texts = await readStanding(context.library, version, standing.of, edits);
  return markProposals({ standing, texts, column }, context);
}
