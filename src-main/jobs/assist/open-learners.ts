/** The quick models that can learn a column of a version: words of its texts, and a network on all else that it has. */
import { tasks } from '../../catalog';
import { CodedError, labelSetup, type DatasetVersion, type Target } from '../../contract';
import type { StandingColumn } from '../../data/assist/standing';
import { openInputs } from '../../data/open-prepared';
import { fitPreparation } from '../../data/fit';
import { inputScale } from '../../data/encode';
import { pictureRecipe } from '../../data/picture-recipe';
import { longestFirst, textsOf } from '../../data/quality/quality-texts';
import { QualityData } from '../../data/quality/quality-data';
import { NO_PART, TRAINING } from '../../data/split';
import type { DividedRows } from '../../data/target';
import { hasConvolution } from '../../engine/build';
import { loadTensorFlow } from '../../engine/tf';
import type { JobContext } from '../definition';
import { placeOfTensors } from '../training/training-data';
import type { LearnerSource } from './learner';
import { networkLearner } from './network-learner';
import { wordsLearners } from './words-learner';

/** Words of more texts take more memory than a proposal may. */
const MOST_TEXTS = 200_000;
const SEED = 1;

export interface LearnedColumn {
  readonly version: DatasetVersion;
  readonly column: string;
  readonly standing: StandingColumn;
}

/**
 * Opens what learners are made of one after the other, closing each before the next is opened.
 * @throws CodedError as `fitPreparation`; Error TensorFlow's own
 */
export async function* openLearners(
  { version, column, standing }: LearnedColumn,
  context: JobContext,
): AsyncGenerator<LearnerSource> {
  const setup = setupOf(version, column, standing);
  const data = new QualityData(context.library, version, setup, null);
  // Beside pictures and sounds texts are names of files, which may give the class away and say nothing of what comes.
  const isTable = setup.task === 'table-classification';
  const hasTexts = isTable && data.inputs.some(({ type }) => type === 'text');
  if (hasTexts && version.rowCount <= MOST_TEXTS) {
    const texts = await textsOf(data, context.signal);
    yield wordsLearners(longestFirst(texts), context.signal);
  }
  const network = await openNetwork({ version, setup, standing }, context);
  if (!network) return;
  try {
    yield network.source;
  } finally {
    await network.close();
  }
}

function setupOf(version: DatasetVersion, column: string, { dropped }: StandingColumn) {
  const has = (type: string) => version.columns.some((one) => one.type === type && !dropped.has(one.name));
  const task = has('image') ? 'image-classification' : has('audio') ? 'audio-classification' : 'table-classification';
  const types = Object.fromEntries([...dropped].map((name) => [name, 'ignored' as const]));
  return { ...labelSetup(version.id, column, task), types };
}

interface Prepared {
  readonly version: DatasetVersion;
  readonly setup: ReturnType<typeof setupOf>;
  readonly standing: StandingColumn;
}

/** @returns null where there is nothing but texts to learn from. */
async function openNetwork(
  { version, setup, standing }: Prepared,
  context: JobContext,
): Promise<{ readonly source: LearnerSource; close(): Promise<void> } | null> {
  const { library, signal } = context;
  const targetOf = (classes: readonly string[]): Target => ({ kind: 'classes', classes: [...classes] });
  // Inputs are fitted on all rows that stay: a proposal is for just these rows, and no label is looked at.
  const rows: DividedRows = {
    ...{ target: targetOf(standing.names), classes: standing.codes, numbers: new Float64Array(0) },
    parts: standing.excluded.map((excluded) => (excluded === 1 ? NO_PART : TRAINING)),
    split: { groups: null, ranges: null, given: null, withoutValue: 0, leftOut: 0 },
  };
  let preparation;
  try {
    preparation = await fitPreparation(library, version, setup, rows);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'inputs-missing') return null;
    throw error;
  }
  const opened = await openInputs(library, version, preparation, {
    place: placeOfTensors(library),
    signal,
    progress: (done, total) => context.progress({ stage: 'prepare', done, total, unit: 'rows' }),
  });
  const { inputShape } = preparation;
  const facts = { codes: null, rows: standing.codes.length };
  const networkOf = (classes: readonly string[]) =>
    tasks.get(setup.task).defaultNetwork(inputShape, targetOf(classes), facts);
  const { tf } = await loadTensorFlow({ convolution: hasConvolution(networkOf([])) });
  const normalization = pictureRecipe(preparation)?.normalization ?? null;
  const inputs = { inputShape, inputs: opened.inputs, scale: inputScale(preparation), normalization };
  const { task } = setup;
  return {
    source: {
      kind: 'network',
      learnerOf: (lesson) =>
        networkLearner(tf, { ...lesson, task, network: networkOf(lesson.classes), inputs, seed: SEED }, signal),
    },
    close: opened.close,
  };
}
