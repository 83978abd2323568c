/**
 * The part of a run's network that is trained, and what it is trained on: the whole network on the prepared rows, or what
 * follows a frozen beginning, on what that makes of each row. The latter is computed once and kept.
 */
import { frozenStart, type FrozenStart } from '../../catalog';
import type { NetworkSpec, Run, Shape } from '../../contract';
import { openFeatures } from '../../data/open-features';
import { residentShare } from '../../data/open-prepared';
import type { PreparedData } from '../../data/prepared';
import { augmentationOf, type Augmentation } from '../../engine/augment';
import { frozenFeatures } from '../../engine/features';
import type { FitControl } from '../../engine/fit-control';
import { pretrainedFrom } from '../../engine/pretrained';
import type { TensorFlow } from '../../engine/tf';
import type { TrainingData } from '../../engine/training-data';
import { getVersion } from '../../storage/datasets';
import type { JobContext } from '../definition';
import type { RunRecord } from './run-record';
import { placeOfTensors, trainingData } from './training-data';

export interface TrainedPart {
  readonly network: NetworkSpec;
  readonly inputShape: Shape;
  readonly data: TrainingData;
  readonly augmentation: Augmentation | undefined;
  /** Whether a frozen beginning is left out of it. */
  readonly isRest: boolean;
  /** Ends reading and closes what was opened for it. */
  close(): Promise<void>;
}

interface Session {
  readonly run: Pick<Run, 'data' | 'network' | 'settings'>;
  readonly context: Pick<JobContext, 'library' | 'resources' | 'signal' | 'progress'>;
  readonly record: Pick<RunRecord, 'log'>;
  readonly control: FitControl;
  readonly prepared: PreparedData;
}

/** The person's stop, before anything was trained. */
class StoppedBefore extends Error {}

/**
 * @returns null where the person stopped meanwhile.
 * @throws CodedError `pretrained-unreadable`; as `openFeatures`; the signal's reason where it is aborted
 */
export async function openTrainedPart(session: Session, tf: TensorFlow): Promise<TrainedPart | null> {
  const { run, prepared } = session;
  const { inputShape } = prepared;
  // What is given back is the input itself, not what a frozen beginning makes of it.
  const start = prepared.target.kind === 'reconstruction' ? null : frozenStart(run.network, inputShape);
  if (!start) {
    const whole = { network: run.network, inputShape, data: trainingData(prepared), isRest: false };
    return { ...whole, augmentation: augmentationOf(run.settings), close: () => Promise.resolve() };
  }
  try {
    return await openRest(session, tf, start);
  } catch (error) {
    if (error instanceof StoppedBefore) return null;
    throw error;
  }
}

async function openRest(session: Session, tf: TensorFlow, start: FrozenStart): Promise<TrainedPart> {
  const { run, record, context, prepared } = session;
  const began = performance.now();
  const version = getVersion(context.library.db, run.data.versionId);
  const { inputs, made, close } = await openFeatures(
    version,
    prepared.preparation,
    {
      from: [start.definition.id, start.pretrained.sha256, start.shape, start.settings],
      size: start.shape.reduce((product, side) => product * side, 1),
    },
    { place: placeOfTensors(context.library), signal: context.signal, share: residentShare },
    (append) => fill(session, tf, start, version.rowCount, append),
  );
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const named = { layer: start.definition.label.en, rows: version.rowCount };
  if (made) record.log('features-made', { ...named, seconds });
  else record.log('features-found', named);
  if (run.settings.augmentation.length > 0) record.log('augmentation-left-out', { layer: named.layer }, 'warning');
  const data = { ...trainingData(prepared), inputs, inputShape: start.shape, scale: 1, normalization: null };
  return { network: start.rest, inputShape: start.shape, data, augmentation: undefined, isRest: true, close };
}

/** The features of all rows, with progress; the person may pause, stop and cancel meanwhile. */
async function fill(
  { context, control, prepared }: Session,
  tf: TensorFlow,
  start: FrozenStart,
  rows: number,
  append: (values: Float32Array) => Promise<void>,
): Promise<void> {
  const size = start.shape.reduce((product, side) => product * side, 1);
  let done = 0;
  const report = () => context.progress({ stage: 'features', done, total: rows, unit: 'rows' });
  report();
  for await (const values of frozenFeatures(tf, start, pretrainedFrom(context.resources), prepared, rows)) {
    await append(values);
    done += values.length / size;
    report();
    if ((await control.between()) === 'stop') throw new StoppedBefore();
  }
}
