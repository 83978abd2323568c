/**
 * A run of a `.tandem` file. What is small is read and judged at once; long numbers lie unpacked and checked in the job's folder
 * until the run is inserted, so that a project of many runs never is in memory whole.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layers, losses, optimizers, schedules, tasks } from '../../catalog';
import { CodedError, type NetworkSpec, type ProbeReading, type Run } from '../../contract';
import type { WholeRun } from '../../storage/whole-runs';
import { damaged, type PortableFile } from './open-file';
import { runPartSchema, type RunPart } from './parts';

/** Ids and names as this library is to have them. */
export type RunIdentity = Pick<Run, 'id' | 'projectId' | 'name' | 'data' | 'datasetName'>;

export interface ReadRun {
  readonly part: RunPart;
  /** Where its numbers lie: `weights.bin`, … */
  readonly folder: string;
  /** Whether what is known of every step of forecasts lies there too. */
  readonly hasSteps: boolean;
}

const NUMBER_BYTES = 4;

/**
 * @param inFile the run's folder within the file. @param folder an empty one for its numbers, made here.
 * @throws CodedError `portable-damaged`, `definition-unknown`
 */
export async function readRun(file: PortableFile, inFile: string, folder: string): Promise<ReadRun> {
  const part = await file.json(`${inFile}/run.json`, runPartSchema);
  requireKnown(part);
  const count = (name: string) => {
    const path = `${inFile}/${name}.bin`;
    const values = file.sizeOf(path) / NUMBER_BYTES;
    if (!Number.isInteger(values)) throw damaged(file.name, path, 'it is cut within a number');
    return values;
  };
  const unfit = lengthProblem(part, count);
  if (unfit !== null) throw damaged(file.name, `${inFile}/${unfit}.bin`, 'its length does not fit what is told of it');
  mkdirSync(folder, { recursive: true });
  const steps = `${inFile}/test-steps.bin`;
  const hasSteps = part.evaluation !== null && file.has(steps);
  if (hasSteps && file.sizeOf(steps) !== file.sizeOf(`${inFile}/test-outputs.bin`)) {
    throw damaged(file.name, steps, 'its length does not fit what is told of it');
  }
  for (const name of [...numbersOf(part), ...(hasSteps ? ['test-steps'] : [])]) {
    await file.extract(`${inFile}/${name}.bin`, join(folder, `${name}.bin`), () => undefined);
  }
  return { part, folder, hasSteps };
}

function numbersOf({ model, checkpoint, evaluation, probe }: RunPart): string[] {
  return [
    ...(model ? ['weights'] : []),
    ...(checkpoint ? ['checkpoint'] : []),
    ...(evaluation ? ['test-indices', 'test-actual', 'test-outputs'] : []),
    ...(probe ? ['probe-rows', 'probe-actual', 'probe-answers', 'probe-places'] : []),
  ];
}

/** The numbers of which there are too many or too few; null where all fit. */
function lengthProblem({ model, evaluation, probe }: RunPart, count: (name: string) => number): string | null {
  if (model) {
    const size = model.manifest.reduce((sum, { shape }) => sum + shape.reduce((all, side) => all * side, 1), 0);
    if (size !== count('weights')) return 'weights';
  }
  if (evaluation) {
    const { rows } = evaluation;
    if (rows !== count('test-indices')) return 'test-indices';
    if (rows !== count('test-actual')) return 'test-actual';
    const outputs = count('test-outputs');
    if (rows > 0 ? outputs === 0 || outputs % rows !== 0 : outputs !== 0) return 'test-outputs';
  }
  if (probe) {
    const sum = (what: 'answers' | 'places') => probe.readings.reduce((all, reading) => all + reading[what], 0);
    if (count('probe-rows') !== count('probe-actual')) return 'probe-actual';
    if (sum('answers') !== count('probe-answers')) return 'probe-answers';
    if (sum('places') !== count('probe-places')) return 'probe-places';
  }
  return null;
}

/** @throws CodedError `definition-unknown`: made with what this version does not have */
function requireKnown({ run, model }: RunPart): void {
  tasks.get(run.data.task);
  losses.get(run.settings.loss);
  optimizers.get(run.settings.optimizer.type);
  schedules.get(run.settings.schedule.type);
  requireKnownLayers(run.network);
  if (model) requireKnownLayers(model.network);
}

/** @throws CodedError `definition-unknown` */
export function requireKnownLayers(network: NetworkSpec): void {
  for (const { type } of network.layers) layers.get(type);
}

/** The run under its ids and names of this library; one that trained when it was exported has ended with that. */
export function placedRun(read: ReadRun, identity: RunIdentity): WholeRun {
  const { run, marks, epochs, batches, events, seq, model, evaluation, checkpoint } = read.part;
  const isOpen = run.state === 'queued' || run.state === 'running' || run.state === 'paused';
  const { code } = new CodedError('app-ended');
  const ended = isOpen ? ({ state: 'interrupted', error: { code, parameters: {} } } as const) : {};
  return {
    ...{ marks, epochs, batches, events, seq, probe: probeOf(read) },
    run: { ...run, ...ended, ...identity, jobId: null },
    model: model && { ...model, info: { ...model.info, runId: identity.id }, weights: bytes(read, 'weights') },
    checkpoint: checkpoint && { ...checkpoint, tensors: bytes(read, 'checkpoint') },
    evaluation: evaluation && {
      figures: { ...evaluation, runId: identity.id },
      rows: {
        indices: integers(read, 'test-indices'),
        ...{ actual: floats(read, 'test-actual'), outputs: floats(read, 'test-outputs') },
        ...(read.hasSteps ? { actualSteps: floats(read, 'test-steps') } : {}),
      },
    },
  };
}

function probeOf(read: ReadRun): WholeRun['probe'] {
  if (!read.part.probe) return null;
  const { readings, target, part } = read.part.probe;
  const answers = floats(read, 'probe-answers');
  const places = floats(read, 'probe-places');
  let [answer, place] = [0, 0];
  const placed = readings.map((reading): ProbeReading => {
    const own = {
      answers: answers.slice(answer, answer + reading.answers),
      places: places.slice(place, place + reading.places),
    };
    [answer, place] = [answer + reading.answers, place + reading.places];
    return { ...reading, ...own };
  });
  const probe = { part, target, rows: integers(read, 'probe-rows'), actual: floats(read, 'probe-actual') };
  return { probe, readings: placed };
}

/** In a buffer of their own, as typed arrays are laid over it. */
function bytes({ folder }: ReadRun, name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, `${name}.bin`)));
}

function floats(read: ReadRun, name: string): Float32Array<ArrayBuffer> {
  return new Float32Array(bytes(read, name).buffer);
}

function integers(read: ReadRun, name: string): Int32Array<ArrayBuffer> {
  return new Int32Array(bytes(read, name).buffer);
}
