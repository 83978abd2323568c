/** Tries out, on the rows that have a label, how many labels the order of what a model is least sure of would have saved. */
import { CodedError, replayInputSchema } from '../../contract';
import { writeReplay } from '../../data/assist/assist-files';
import { readStanding } from '../../data/assist/standing';
import { getVersion } from '../../storage/datasets';
import { listEdits } from '../../storage/edits';
import { lessonOf } from '../assist/lesson';
import { withLearner } from '../assist/learner';
import { openLearners } from '../assist/open-learners';
import { replayOrders } from '../assist/replay';
import { defineJob } from '../definition';

/** SQLite's word for no limit. */
const ALL = -1;
/** With fewer, a fifth of them says next to nothing of accuracy. */
const LEAST = 100;

export const replayLabelsJob = defineJob({
  kind: 'replay-labels',
  input: replayInputSchema,
  async run({ versionId, column, seeds, most }, context) {
    const { library } = context;
    const version = getVersion(library.db, versionId);
    const standing = await readStanding(library, version, column, listEdits(library.db, versionId, null, ALL));
    if (standing.type === 'labels') throw new CodedError('replay-lists', { column });
    const lesson = lessonOf(standing, column);
    const count = lesson.labels.reduce((sum, label) => sum + (label < 0 ? 0 : 1), 0);
    if (count < LEAST) throw new CodedError('replay-too-few', { column, count, least: LEAST });
    // Words, where there are any: a network beside them would take long and say the same of the order.
    for await (const source of openLearners({ version, column, standing }, context)) {
      const plan = { seeds, most: most ?? count };
      const curves = await withLearner(source, lesson, (learner) =>
        replayOrders(learner, lesson, plan, (done, total) =>
          context.progress({ stage: 'replay', done, total, unit: 'steps' }),
        ),
      );
      await writeReplay(library, { v: 1, versionId, column, createdAt: Date.now(), ...curves });
      return { counts: curves.counts.length };
    }
    throw new CodedError('inputs-missing', { column });
  },
});
