/** What a run in training leaves in the library: whole epochs, the middle of a long one, and where it goes on from. */
import { pretrainedOf } from '../../catalog';
import type { Run } from '../../contract';
import type { PreparedData } from '../../data/prepared';
import { beginning, type EpochReport, type FitPosition, type PartReport } from '../../engine/fit-reports';
import type { Step } from '../../engine/step';
import { latestCheckpoint } from '../../storage/checkpoints';
import type { Library } from '../../storage/library';
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

/** Puts the newest checkpoint into the step. @returns where the loop goes on. */
export function resume({ run, record }: Kept, library: Library, step: Step): FitPosition {
  const checkpoint = latestCheckpoint(library.db, run.id);
  if (!checkpoint) return beginning;
  const position = restoreCheckpoint(checkpoint, step);
  record.log('resumed', { epoch: checkpoint.epoch, step: checkpoint.step });
  return position;
}

/** The middle of an epoch, from which the run goes on exactly. */
export async function keepPart({ record }: Kept, step: Step, { position, batches }: PartReport): Promise<void> {
  record.commitPart({ batches, checkpoint: checkpointOf(position, await step.readState()) });
}

/** One epoch, whole or not at all: figures, log, checkpoint, and the model where this epoch's is to be kept. */
export async function keepEpoch(
  { run, record, prepared }: Kept,
  step: Step,
  report: EpochReport,
  probe?: NewProbeReading,
): Promise<void> {
  const { epoch, batches, position, better } = report;
  const { best } = position;
  await record.settled();
  if (better && best && epoch.epoch > 1) {
    record.log('epoch-better', { epoch: epoch.epoch, metric: best.metric, value: rounded(best.value) });
  }
  const keep = better || !run.settings.earlyStopping.restoreBest;
  const { preparation, inputShape, target } = prepared;
  record.commit({
    epoch,
    batches,
    best,
    probe,
    checkpoint: checkpointOf(position, await step.readState()),
    bestModel: keep
      ? {
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
            epoch: epoch.epoch,
          },
          preparation,
          ...plainManifest(await step.readWeights()),
        }
      : undefined,
  });
}

function plainManifest({ manifest, weights }: Awaited<ReturnType<Step['readWeights']>>) {
  return { manifest: manifest.map(({ name, shape }) => ({ name, shape: [...shape] })), weights };
}
