/**
 * What quick models that have not seen a row say of its label: a network on pictures, or on numbers and categories; a regression
 * on the words of texts. Where both can learn, the one that is right more often about unseen rows is believed.
 */
import { tasks } from '../../catalog';
import { CodedError, toWireError, type DataSetup, type WireError } from '../../contract';
import type { OutOfFold } from '../../data/quality/confident-learning';
import { leaksOf } from '../../data/quality/leaks';
import { QualityData, type CheckWatch } from '../../data/quality/quality-data';
import { longestFirst, textsOf } from '../../data/quality/quality-texts';
import { textProbabilities } from '../../data/quality/text-model';
import type { DividedRows } from '../../data/target';
import { loadTensorFlow } from '../../engine/tf';
import type { JobContext } from '../definition';
import { openTrainingData, trainingData } from '../training/training-data';
import { networkProbabilities } from './network-probabilities';

/** Fewer rows per class teach nothing of it, and more classes make memory and time of their own. */
const LEAST_ROWS = 20;
const MOST_CLASSES = 200;
/** Words of more texts take more memory than a check may. */
const MOST_TEXTS = 200_000;
const SEED = 1;

export interface Judged {
  readonly outOfFold: OutOfFold | null;
  /** Why no model could learn the target; null where one did, or where there is none to learn. */
  readonly problem: WireError | null;
}

/** @throws the signal's reason; errors that are no coded ones. */
export async function judgeLabels(data: QualityData, context: JobContext, watch: CheckWatch): Promise<Judged> {
  const { setup } = data;
  if (!setup) return { outOfFold: null, problem: null };
  try {
    const divided = await data.divided();
    if (divided?.target.kind !== 'classes') return { outOfFold: null, problem: null };
    const { length: classes } = divided.target.classes;
    const labelled = divided.classes.filter((label) => label >= 0).length;
    if (classes > MOST_CLASSES || labelled < LEAST_ROWS * classes) return { outOfFold: null, problem: null };
    const own = await withoutLeaks(data, setup, watch);
    const judges = [
      await byTexts(own, divided, classes, watch),
      await byNetwork(own.setup ?? setup, divided, classes, context, watch),
    ];
    const [best] = judges
      .flatMap((probabilities) => (probabilities ? [{ probabilities, classes }] : []))
      .sort((one, other) => accuracy(other, divided.classes) - accuracy(one, divided.classes));
    if (best) requireLearnt(best, divided.classes);
    return { outOfFold: best ?? null, problem: null };
  } catch (error) {
    if (!(error instanceof CodedError) || watch.signal.aborted) throw error;
    return { outOfFold: null, problem: toWireError(error) };
  }
}

/** A copy of the label would make every label look right: such columns are left out, where others remain. */
async function withoutLeaks(data: QualityData, setup: DataSetup, watch: CheckWatch): Promise<QualityData> {
  if (data.pictureColumn) return data;
  const leaks = await leaksOf(data, { signal: watch.signal, progress: () => undefined });
  if (leaks.length === 0 || leaks.length >= data.inputs.length) return data;
  const types = { ...setup.types, ...Object.fromEntries(leaks.map(({ column }) => [column, 'ignored' as const])) };
  return new QualityData(data.library, data.version, { ...setup, types }, null);
}

/** @returns null where no column holds texts, or where they are too many. */
async function byTexts(
  data: QualityData,
  divided: DividedRows,
  classes: number,
  watch: CheckWatch,
): Promise<Float32Array | null> {
  // Beside pictures and sounds texts are names of files, whose folders may give the class away.
  const hasTexts = !data.pictureColumn && !data.soundColumn && data.inputs.some(({ type }) => type === 'text');
  if (!hasTexts || data.rows > MOST_TEXTS) return null;
  return textProbabilities(longestFirst(await textsOf(data, watch.signal)), divided.classes, classes, watch);
}

/** @returns null where texts are learnt from, or neither pictures nor numbers nor categories are there. */
async function byNetwork(
  setup: DataSetup,
  divided: DividedRows,
  classes: number,
  context: JobContext,
  watch: CheckWatch,
): Promise<Float32Array | null> {
  // Of texts the regression on their words says as much, in less time.
  if (tasks.get(setup.task).input === 'text') return null;
  let opened;
  try {
    opened = await openTrainingData({ ...context, progress: () => undefined }, { data: setup });
  } catch (error) {
    if (error instanceof CodedError && error.code === 'inputs-missing') return null;
    throw error;
  }
  try {
    const { tf } = await loadTensorFlow();
    const { inputShape, inputs, scale } = trainingData(opened);
    const network = tasks
      .get(setup.task)
      .defaultNetwork(inputShape, divided.target, { codes: null, rows: divided.classes.length });
    const asked = { task: setup.task, network, inputs: { inputShape, inputs, scale } };
    return await networkProbabilities(tf, { ...asked, labels: divided.classes, classes, seed: SEED }, watch);
  } finally {
    await opened.close();
  }
}

/**
 * A model that knows no more than how large the classes are would doubt every other label.
 * @throws CodedError `labels-not-learnable` where its share of right answers, averaged over the classes so that a large one
 * says nothing, is not above guessing, beyond what 19 in 20 would be by luck.
 */
function requireLearnt(judge: OutOfFold, labels: Int32Array): void {
  const known = rightByClass(judge, labels).filter(({ rows }) => rows > 0);
  const right = known.reduce((sum, own) => sum + own.right / own.rows, 0) / known.length;
  const chance = 1 / known.length;
  const spread = Math.sqrt(known.reduce((sum, { rows }) => sum + (chance * (1 - chance)) / rows, 0)) / known.length;
  if (right > chance + 1.645 * spread) return;
  const percent = (share: number) => Math.round(100 * share);
  throw new CodedError('labels-not-learnable', { right: percent(right), chance: percent(chance) });
}

/** Share of rows whose most probable class is their label. */
function accuracy(judge: OutOfFold, labels: Int32Array): number {
  const all = rightByClass(judge, labels);
  const rows = all.reduce((sum, own) => sum + own.rows, 0);
  return rows === 0 ? 0 : all.reduce((sum, own) => sum + own.right, 0) / rows;
}

/** Of the rows of each class: how many there are, and for how many it is the most probable one. */
function rightByClass({ probabilities, classes }: OutOfFold, labels: Int32Array): { right: number; rows: number }[] {
  const counts = Array.from({ length: classes }, () => ({ right: 0, rows: 0 }));
  for (const [row, label] of labels.entries()) {
    const count = counts[label];
    if (!count) continue;
    count.rows += 1;
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    if (own[label] === Math.max(...own)) count.right += 1;
  }
  return counts;
}
