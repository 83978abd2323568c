/**
 * Proposals of several classes per row: a committee of quick models for each class says whether a row has it. A class that too
 * few rows have, or have not, is not learnt: all rows get what most have.
 */
import type { Hits } from '../../contract';
import { allRight, fitPower } from '../../data/assist/list-confidence';
import { leastSureFirst } from '../../data/assist/uncertainty';
import type { JobContext } from '../definition';
import { askCommittee } from './committee';
import { withLearner, type LearnerSource } from './learner';
import { openRows } from './lesson';
import { classLesson, countOf, isLearnable, listLessonOf, type ListLesson } from './list-lesson';
import { openLearners, type LearnedColumn } from './open-learners';
import { rightShare, type Answers } from './quick-proposals';

/** Probabilities that rows have classes, `rows × classes`: of judged rows by models that had not seen them, and of others. */
interface Opinions {
  readonly unseen: Float32Array;
  readonly proposed: Float32Array;
}

/** @throws CodedError as `listLessonOf` and `openLearners`; the signal's reason. @returns null where nothing can be learnt from */
export async function listProposals(asked: LearnedColumn, context: JobContext): Promise<Answers | null> {
  const lesson = listLessonOf(asked.standing, asked.column);
  const open = openRows(asked.standing);
  let best: Answers | null = null;
  for await (const source of openLearners(asked, context)) {
    const opinions = await opinionsOf(source, lesson, { open, rows: asked.version.rowCount }, context);
    const answers = { source: { kind: source.kind }, ...answersOf(lesson, open, opinions) };
    if (!best || rightShare(answers) > rightShare(best)) best = answers;
  }
  return best;
}

async function opinionsOf(
  source: LearnerSource,
  lesson: ListLesson,
  { open, rows }: { readonly open: Int32Array; readonly rows: number },
  { progress }: JobContext,
): Promise<Opinions> {
  const { classes, judged, has } = lesson;
  const unseen = new Float32Array(judged.length * classes.length);
  const proposed = new Float32Array(open.length * classes.length);
  for (const [place, one] of has.entries()) {
    const put = (into: Float32Array, probability: (row: number) => number) => {
      for (let at = place; at < into.length; at += classes.length)
        into[at] = probability((at - place) / classes.length);
    };
    if (!isLearnable(one)) {
      // Of all rows alike: as if one more had it, and one more had not.
      const share = (countOf(one) + 1) / (judged.length + 2);
      for (const into of [unseen, proposed]) put(into, () => share);
      continue;
    }
    const own = classLesson(lesson, place, rows);
    const opinions = await withLearner(source, own, (learner) =>
      askCommittee(learner, own, open, (done, total) =>
        progress({ stage: 'model', done: place * total + done, total: total * classes.length, unit: 'steps' }),
      ),
    );
    put(unseen, (row) => opinions.unseen[2 * row + 1] ?? 0);
    put(proposed, (row) => opinions.proposed[2 * row + 1] ?? 0);
  }
  return { unseen, proposed };
}

function answersOf(lesson: ListLesson, open: Int32Array<ArrayBuffer>, { unseen, proposed }: Opinions) {
  const { judged, classes } = lesson;
  const { right, ticks } = compare(lesson, unseen);
  const seen = allRight(unseen, classes.length);
  const power = fitPower(seen, right);
  const confidence = allRight(proposed, classes.length).map((product) => product ** power);
  const cells = Array.from(open, (_, row) => {
    const list = classes.filter((_name, place) => (proposed[row * classes.length + place] ?? 0) > 0.5);
    return JSON.stringify(list);
  });
  const labels = [...new Set(cells)];
  const places = new Map(labels.map((label, place) => [label, place]));
  const first = Int32Array.from(cells, (cell) => places.get(cell) ?? 0);
  const order = leastSureFirst({ first, confidence, margin: marginsOf(lesson, proposed) }, judged.length);
  return {
    ...{ labelled: judged.length, labels, ticks },
    rows: order.map((place) => open[place] ?? 0),
    codes: order.map((place) => first[place] ?? 0),
    confidence: Float32Array.from(order, (place) => confidence[place] ?? 0),
    judgedConfidence: seen.map((product) => product ** power),
    judgedRight: right,
  };
}

/** Judged rows of which every class is right, and how the single classes fared. */
function compare({ judged, classes, has }: ListLesson, unseen: Float32Array) {
  const right = new Uint8Array(judged.length).fill(1);
  const ticks = { proposed: 0, right: 0, there: 0 } satisfies Hits;
  for (const [place, one] of has.entries()) {
    for (const [row, there] of one.entries()) {
      const said = (unseen[row * classes.length + place] ?? 0) > 0.5 ? 1 : 0;
      if (said !== there) right[row] = 0;
      ticks.proposed += said;
      ticks.there += there;
      ticks.right += said * there;
    }
  }
  return { right, ticks };
}

/** A row's smallest margin over the classes that were learnt: the one of which a label would decide most. */
function marginsOf({ classes, has }: ListLesson, proposed: Float32Array): Float32Array<ArrayBuffer> {
  const margins = new Float32Array(proposed.length / classes.length).fill(1);
  const learnt = has.map(isLearnable);
  for (const [at, probability] of proposed.entries()) {
    const row = Math.floor(at / classes.length);
    if (learnt[at % classes.length]) margins[row] = Math.min(margins[row] ?? 1, Math.abs(2 * probability - 1));
  }
  return margins;
}
