/**
 * Two people's labels of the same rows, from files or columns: matched row by row, measured, and kept beside the version, so that
 * the agreed ones can be taken and the disputed ones be gone through. No label changes here.
 */
import { CodedError, mergeInputSchema, type JournaledEdit, type Labeller, type MergeResult } from '../../contract';
import { mergeAnswers } from '../../data/agreement/merge';
import { readFileOf, type Answered, type Question } from '../../data/agreement/read-labeller';
import { readAnswer } from '../../data/agreement/answers';
import { writeMerge } from '../../data/assist/assist-files';
import { readStanding, standingTexts } from '../../data/assist/standing';
import { getVersion } from '../../storage/datasets';
import { listEdits } from '../../storage/edits';
import { defineJob } from '../definition';

/** SQLite's word for no limit. */
const ALL = -1;

export const mergeLabelsJob = defineJob({
  kind: 'merge-labels',
  input: mergeInputSchema,
  async run({ versionId, column, type, labellers: [one, other] }, context): Promise<MergeResult> {
    const { library, signal, progress } = context;
    const place = (labeller: Labeller) => (labeller.kind === 'file' ? labeller.path : `column ${labeller.name}`);
    if (place(one) === place(other)) throw new CodedError('merge-same-source', { name: one.name });
    const question = {
      library,
      version: getVersion(library.db, versionId),
      column,
      type,
      signal,
      temporary: library.paths.temporary,
    };
    const edits = listEdits(library.db, versionId, null, ALL);
    const read: Answered[] = [];
    for (const labeller of [one, other]) {
      progress({ stage: 'labeller', done: read.length, total: 2, unit: 'files' });
      read.push(
        labeller.kind === 'file'
          ? await readFileOf(question, labeller)
          : await readColumn(question, labeller.name, edits),
      );
      signal.throwIfAborted();
    }
    const [first, second] = read;
    if (!first || !second) throw new Error('Two labellers were asked for');
    const merged = mergeAnswers(type, [first, second]);
    await writeMerge(library, { v: 1, versionId, column, type, createdAt: Date.now(), ...merged });
    return { both: merged.both, disputed: merged.disputed.length };
  },
});

/** @throws CodedError `column-missing`, `edit-not-number`, `edit-not-labels` */
async function readColumn(
  { library, version, column, type }: Question,
  name: string,
  edits: readonly JournaledEdit[],
): Promise<Answered> {
  const texts = standingTexts(await readStanding(library, version, name, edits));
  const answers = texts.map((text) => readAnswer(type, column, text));
  const labelled = answers.reduce((count, answer) => count + (answer === null ? 0 : 1), 0);
  const none = { unmatched: 0, examples: [], repeated: 0 };
  return { answers, match: { name, key: 'row', labelColumn: name, labelled, ...none } };
}
