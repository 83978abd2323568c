/** Proposals by a quick model on the labels so far; where two kinds can learn, by the one that is right more often. */
import { judge, leastSureFirst } from '../../data/assist/uncertainty';
import type { Proposals } from '../../contract';
import type { JobContext } from '../definition';
import { askCommittee, type Opinions } from './committee';
import { withLearner, type Learner, type Lesson } from './learner';
import { lessonOf, openRows } from './lesson';
import { openLearners, type LearnedColumn } from './open-learners';

/** What the two kinds of source say alike. */
export type Answers = Pick<
  Proposals,
  | 'source'
  | 'labelled'
  | 'labels'
  | 'rows'
  | 'codes'
  | 'confidence'
  | 'judgedConfidence'
  | 'judgedRight'
  | 'marks'
  | 'ticks'
  | 'boxes'
  | 'sureness'
>;

/** @throws CodedError as `lessonOf` and `openLearners`, `inputs-missing`; the signal's reason */
export async function quickProposals(asked: LearnedColumn, context: JobContext): Promise<Answers | null> {
  const lesson = lessonOf(asked.standing, asked.column);
  const rows = openRows(asked.standing);
  let best: Answers | null = null;
  for await (const source of openLearners(asked, context)) {
    const opinions = await withLearner(source, lesson, (learner) =>
      askCommittee(learner, lesson, rows, (done, total) =>
        context.progress({ stage: 'model', done, total, unit: 'steps' }),
      ),
    );
    const answers = answersOf(source.kind, lesson, rows, opinions);
    if (!best || rightShare(answers) > rightShare(best)) best = answers;
  }
  return best;
}

function answersOf(kind: Learner['kind'], { labels, classes }: Lesson, rows: Int32Array, opinions: Opinions): Answers {
  const proposed = judge(opinions.proposed, classes.length);
  const unseen = judge(opinions.unseen, classes.length);
  const order = leastSureFirst(proposed, labels.length);
  const right = (row: number, place: number) => (labels[row] === unseen.first[place] ? 1 : 0);
  return {
    source: { kind },
    labelled: opinions.judged.length,
    labels: [...classes],
    rows: order.map((place) => rows[place] ?? 0),
    codes: order.map((place) => proposed.first[place] ?? 0),
    confidence: Float32Array.from(order, (place) => proposed.confidence[place] ?? 0),
    judgedConfidence: unseen.confidence,
    judgedRight: Uint8Array.from(opinions.judged, right),
  };
}

export function rightShare({ judgedRight }: Answers): number {
  return judgedRight.reduce((sum, right) => sum + right, 0) / Math.max(1, judgedRight.length);
}
