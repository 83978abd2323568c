/** What a run in training leaves in the library: whole epochs, the middle of a long one, and where it goes on from. */
import { pretrainedOf } from '../../catalog';
import { CodedError, type Run } from '../../contract';
import type { PreparedData } from '../../data/prepared';
import { beginning, type EpochReport, type FitPosition, type PartReport } from '../../engine/fit-reports';
import type { Step } from '../../engine/step';
import { latestCheckpoint } from '../../storage/checkpoints';
import type { Library } from '../../storage/library';
import { hasModel, saveModel, type NewModel } from '../../storage/models';
import type { NewProbeReading } from '../../storage/probes';
import { checkpointOf, restoreCheckpoint } from './checkpoint-state';
import { modelInputs } from './model-inputs';
import { rounded, type RunRecord } from './run-record';

/** A run and what it is kept with. */
export interface Kept {
  readonly run: Run;
  readonly record: RunRecord;
  readonly prepared: PreparedData;
}

/**
 * Puts the newest checkpoint into the step. A branch of which no epoch has a model yet saves what it begins with.
 * @returns where the loop goes on.
 * @throws CodedError `branch-start-lost` where nothing is left of what a branch was to begin with
 */
export async function resume(kept: Kept, library: Library, step: Step): Promise<FitPosition> {
  const { run, record } = kept;
  const checkpoint = latestCheckpoint(library.db, run.id);
  if (!checkpoint && run.parent) throw new CodedError('branch-start-lost', { name: run.name });
  if (!checkpoint) return beginning;
  const position = await restoreCheckpoint(checkpoint, step);
  const isBeginning = run.parent !== null && checkpoint.epoch === (run.parent.withOptimizer ? run.parent.epoch : 0);
  if (!isBeginning || position.part) record.log('resumed', { epoch: checkpoint.epoch, step: checkpoint.step });
  else if (position.epoch > 0 && !hasModel(library.db, run.id)) {
    saveModel(library.db, { ...(await modelOf(kept, step, position.epoch)), network: run.network });
  }
  return position;
}

/** The middle of an epoch, from which the run goes on exactly. */
export async function keepPart({ record }: Kept, step: Step, { position, batches }: PartReport): Promise<void> {
  record.commitPart({ batches, checkpoint: checkpointOf(position, await step.readState()) });
}

/** One epoch, whole or not at all: figures, log, checkpoint, and the model where this epoch's is to be kept. */
export async function keepEpoch(kept: Kept, step: Step, report: EpochReport, probe?: NewProbeReading): Promise<void> {
  const { run, record } = kept;
  const { epoch, batches, position, better } = report;
  const { best } = position;
  await record.settled();
  if (better && best && epoch.epoch > 1) {
    record.log('epoch-better', { epoch: epoch.epoch, metric: best.metric, value: rounded(best.value) });
  }
  const keep = better || !run.settings.earlyStopping.restoreBest;
  record.commit({
    epoch,
    batches,
    best,
    probe,
    checkpoint: checkpointOf(position, await step.readState()),
    bestModel: keep ? await modelOf(kept, step, epoch.epoch) : undefined,
  });
}

/** The model as the step has it now, after that epoch. */
async function modelOf({ run, prepared }: Kept, step: Step, epoch: number): Promise<Omit<NewModel, 'network'>> {
  const { preparation, inputShape, target } = prepared;
  return {
    info: {
      runId: run.id,
      task: run.data.task,
      inputShape: [...inputShape],
      target,
      inputs: modelInputs(preparation),
      ...(preparation.forecast ? { forecast: preparation.forecast } : {}),
      pretrained: pretrainedOf(run.network).map(({ id, pretrained }) => {
        return { layer: id, sha256: pretrained.sha256 };
      }),
      epoch,
    },
    preparation,
    ...plainManifest(await step.readWeights()),
  };
}

function plainManifest({ manifest, weights }: Awaited<ReturnType<Step['readWeights']>>) {
  return { manifest: manifest.map(({ name, shape }) => ({ name, shape: [...shape] })), weights };
}
