/**
 * The part of a run's network that is trained, and what it is trained on: the whole network on the prepared rows, or what
 * follows a frozen beginning, on what that makes of each row. The latter is computed once and kept, and where pictures are
 * augmented, what it makes of some changed copies of each training row.
 */
import { frozenStart, layers, parseFields, type FrozenStart } from '../../catalog';
import type { NetworkSpec, Run, Shape } from '../../contract';
import { openFeatures, type OpenedFeatures } from '../../data/open-features';
import { residentShare } from '../../data/open-prepared';
import type { PreparedData } from '../../data/prepared';
import { augmentationOf, splitByInputs, type Augmentation } from '../../engine/augment';
import { frozenFeatures } from '../../engine/features';
import type { FitControl } from '../../engine/fit-control';
import { pretrainedFrom } from '../../engine/pretrained';
import type { TensorFlow } from '../../engine/tf';
import type { Parts, TrainingData } from '../../engine/training-data';
import { getVersion } from '../../storage/datasets';
import type { JobContext } from '../definition';
import { digestOf, everyRow, repeated, withCopies } from './changed-copies';
import type { RunRecord } from './run-record';
import { placeOfTensors, trainingData } from './training-data';

export interface TrainedPart {
  readonly network: NetworkSpec;
  readonly inputShape: Shape;
  readonly data: TrainingData;
  /** Rows of `data`. */
  readonly parts: Parts;
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
    logTrained(session);
    const whole = {
      network: run.network,
      inputShape,
      data: trainingData(prepared),
      parts: prepared.parts,
      isRest: false,
    };
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
  const { run, prepared } = session;
  // Copies belong to the data: runs of other seeds draw of the same ones.
  const { ofInputs } = splitByInputs(augmentationOf({ ...run.settings, seed: 0 }));
  const { ofExamples } = splitByInputs(augmentationOf(run.settings));
  const plain = await openFrozen(session, tf, start, null);
  const { inputs } = plain;
  const data = { ...trainingData(prepared), inputs, inputShape: start.shape, scale: 1, normalization: null };
  const rest = { network: start.rest, inputShape: start.shape, augmentation: ofExamples, isRest: true };
  if (!ofInputs) return { ...rest, data, parts: prepared.parts, close: plain.close };
  try {
    const copies = await openFrozen(session, tf, start, ofInputs);
    const close = async () => {
      await Promise.all([plain.close(), copies.close()]);
    };
    return { ...rest, ...withCopies(data, prepared.parts, copies.inputs, start.copies), close };
  } catch (error) {
    await plain.close();
    throw error;
  }
}

/** The features of all rows, or those of the copies that an augmentation makes of the training rows. */
async function openFrozen(
  session: Session,
  tf: TensorFlow,
  start: FrozenStart,
  augmentation: Augmentation | null,
): Promise<OpenedFeatures> {
  const { run, record, context, prepared } = session;
  const began = performance.now();
  const version = getVersion(context.library.db, run.data.versionId);
  const rows = augmentation ? repeated(prepared.parts.training, start.copies) : everyRow(version.rowCount);
  const from = [start.definition.id, start.pretrained.sha256, start.shape, start.settings];
  const changes = augmentation && { of: augmentation.chosen.map(({ definition: { id }, values }) => [id, values]) };
  const opened = await openFeatures(
    version,
    prepared.preparation,
    {
      from: changes ? [...from, changes, start.copies, digestOf(rows)] : from,
      rows: rows.length,
      size: start.shape.reduce((product, side) => product * side, 1),
    },
    { place: placeOfTensors(context.library), signal: context.signal, share: residentShare },
    (append) => fill(session, tf, start, { rows, augmentation }, append),
  );
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const pictures = augmentation ? prepared.parts.training.length : rows.length;
  const named = { layer: start.definition.label.en, rows: pictures, ...(augmentation ? { copies: start.copies } : {}) };
  const subject = augmentation ? 'copies' : start.isWhole ? 'features' : 'first-features';
  const told = { ...named, ...(subject === 'first-features' ? { share: shareOf(start.values) } : {}) };
  if (opened.made) record.log(`${subject}-made`, { ...told, seconds });
  else record.log(`${subject}-found`, told);
  return opened;
}

/** Says of pretrained layers that nothing of them is frozen. */
function logTrained({ run: { network }, record, prepared }: Session): void {
  for (const { type, fields } of network.layers) {
    const definition = layers.has(type) ? layers.get(type) : null;
    if (!definition?.pretrained) continue;
    const values = parseFields(definition.fields, fields, definition.label.en);
    if (definition.pretrained.frozen(values, prepared.inputShape)) continue;
    record.log('pretrained-trained', { layer: definition.label.en, share: shareOf(values) });
  }
}

/** What the learning rate is multiplied by for a pretrained layer's weights, as all of them have it among their fields. */
function shareOf({ rate }: FrozenStart['values']): number {
  return Number(rate);
}

interface FilledRows {
  readonly rows: Int32Array;
  readonly augmentation: Augmentation | null;
}

/** The features of rows, with progress; the person may pause, stop and cancel meanwhile. */
async function fill(
  { context, control, prepared }: Session,
  tf: TensorFlow,
  start: FrozenStart,
  { rows, augmentation }: FilledRows,
  append: (values: Float32Array) => Promise<void>,
): Promise<void> {
  const size = start.shape.reduce((product, side) => product * side, 1);
  const pretrained = pretrainedFrom(context.resources);
  let done = 0;
  const report = () => context.progress({ stage: 'features', done, total: rows.length, unit: 'rows' });
  report();
  for await (const values of frozenFeatures(tf, start, pretrained, prepared, rows, augmentation ?? undefined)) {
    await append(values);
    done += values.length / size;
    report();
    if ((await control.between()) === 'stop') throw new StoppedBefore();
  }
}
