/**
 * What a run in training reads of itself after its epochs, at the pace that its length allows. Where reading fails, training
 * goes on without it and the log says so: nothing that is only looked at may end a run.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { losses, tasks } from '../../catalog';
import { classAnswerWidth, placeAxes, type Probe, type Run } from '../../contract';
import type { PreparedData } from '../../data/prepared';
import { evaluationRows } from '../../engine/evaluation-rows';
import type { EpochReport } from '../../engine/fit-reports';
import { NetworkProbe } from '../../engine/probe/probe';
import { ProbePace } from '../../engine/probe/probe-pace';
import { probeRows } from '../../engine/probe/probe-rows';
import type { Step } from '../../engine/step';
import type { LoadedTensorFlow } from '../../engine/tf';
import type { Library } from '../../storage/library';
import { lastPlaces, type NewProbeReading } from '../../storage/probes';
import type { RunRecord } from './run-record';
import type { TrainedPart } from './trained-part';

/** Examples of a probe at most; of large networks what they are given at once, so that reading takes no more memory. */
const MOST = 256;
/** Of a layer's figures, most of them its histogram's. */
const LAYER_BYTES = 350;

interface Session {
  readonly run: Run;
  readonly record: Pick<RunRecord, 'log'>;
  readonly prepared: PreparedData;
  readonly part: TrainedPart;
  readonly loaded: LoadedTensorFlow;
  readonly library: Library;
  readonly step: Step;
  readonly model: tensorflow.LayersModel;
}

export interface RunProbe {
  /** @returns what was read, undefined where this epoch is not. */
  after(report: EpochReport): Promise<NewProbeReading | undefined>;
}

/** @returns null where reading is not possible. */
export async function openProbe(session: Session): Promise<RunProbe | null> {
  try {
    return await open(session);
  } catch (error) {
    sayEnd(session, error);
    return null;
  }
}

async function open(session: Session): Promise<RunProbe> {
  const { run, prepared, part, loaded, library, step, model } = session;
  const { data, network } = part;
  const chosen = probeRows(part.parts, data, run.settings.seed, Math.min(MOST, evaluationRows(model)));
  const probe: Probe = { ...chosen, target: prepared.target, actual: actualOf(prepared, chosen.rows) };
  const pace = new ProbePace(run.settings.epochs);
  const last = lastPlaces(library.db, run.id);
  const { weights } = await step.readWeights();
  let reader: NetworkProbe | null = new NetworkProbe({
    ...{ tf: loaded.tf, model, network, data, rows: chosen.rows, weights, places: last?.places ?? null },
    ...{ loss: losses.get(run.settings.loss), task: tasks.get(run.data.task) },
  });
  let readEpoch = last?.epoch ?? 0;
  return {
    async after({ epoch: { epoch, seconds } }) {
      if (!reader || !pace.isDue(epoch)) return undefined;
      const began = performance.now();
      try {
        const { answers, ...measured } = reader.read((await step.readWeights()).weights);
        const took = (performance.now() - began) / 1000;
        pace.read(epoch, seconds, took);
        const said = inUnit(prepared, chosen.rows, answers);
        const reading = { ...measured, answers: said, epoch, interval: epoch - readEpoch, seconds: took };
        readEpoch = epoch;
        return { probe, reading };
      } catch (error) {
        reader = null;
        sayEnd(session, error);
        return undefined;
      }
    },
  };
}

/** What a reading takes in the library, about: answers and places are of known size, of each layer there are some figures. */
export function readingBytes({
  run,
  part: { parts },
}: Pick<Session, 'part'> & { readonly run: Pick<Run, 'network'> }): number {
  const { training, validation } = parts;
  const examples = Math.min(MOST, validation.length > 0 ? validation.length : training.length);
  return examples * (classAnswerWidth + placeAxes) * 4 + run.network.layers.length * LAYER_BYTES;
}

function sayEnd({ record }: Session, error: unknown): void {
  record.log('probe-ended', { reason: error instanceof Error ? error.message : String(error) }, 'warning');
}

/** As people read it. */
function actualOf(
  { targets, target, targetWidth = 1, forecast, preparation }: PreparedData,
  rows: Int32Array,
): Float32Array<ArrayBuffer> {
  if (forecast) return firstOf(forecast.actual(rows), forecast.plan.horizon);
  const { mean, standardDeviation } = preparation.targetScale;
  return Float32Array.from(rows, (row) => {
    const value = targets[row * targetWidth] ?? NaN;
    return target.kind === 'number' ? value * standardDeviation + mean : value;
  });
}

/** What a network of forecasts says is added to the level before. */
function inUnit(
  { forecast }: PreparedData,
  rows: Int32Array,
  answers: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  if (!forecast) return answers;
  const level = firstOf(forecast.level(rows), forecast.plan.horizon);
  return answers.map((value, at) => value + (level[at] ?? NaN));
}

/** The first step ahead of each row. */
function firstOf(steps: Float32Array, horizon: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: steps.length / horizon }, (_, row) => steps[row * horizon] ?? NaN);
}
