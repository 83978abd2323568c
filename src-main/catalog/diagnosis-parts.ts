/** What several diagnoses share: curves of a run, its answers on the probe, and changes of a configuration. */
import { classAnswerWidth, type Epoch, type LayerReading, type LayerSpec, type Text } from '../contract';
import type { Configuration, RunFacts } from './diagnosis-definitions';
import { layers, optimizers, tasks } from './index';
import { parseFields } from './fields';

/** Values of a measure epoch by epoch; empty where it was not measured. */
export function curveOf(epochs: readonly Epoch[], name: string): number[] {
  return epochs.map(({ metrics }) => metrics[name] ?? NaN).filter((value) => !Number.isNaN(value));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Figures of sentences. */
export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0)} %`;
export const figure = (value: number): string => String(Number(value.toPrecision(3)));

/** Place of the least value. */
export function lowestOf(values: readonly number[]): number {
  return values.reduce((best, value, at) => (value < (values[best] ?? Infinity) ? at : best), 0);
}

/** Of tasks with classes, as the newest reading says them. */
export interface ClassFacts {
  readonly classes: readonly string[];
  readonly actual: Float32Array;
  readonly said: Float32Array;
  /** Of each example the probability of what was said. */
  readonly sureness: Float32Array;
  /** Examples of each class, and how many were answered with it. */
  readonly counts: readonly number[];
  readonly answered: readonly number[];
  readonly rightShare: number;
  /** What always answering the most frequent class would get right. */
  readonly majorityShare: number;
}

/** Null for other tasks, and before the first reading. */
export function classFactsOf({ readings: { probe }, newest }: RunFacts): ClassFacts | null {
  if (!probe || !newest || probe.target.kind !== 'classes') return null;
  const { classes } = probe.target;
  const column = (at: number) =>
    probe.actual.map((_, example) => newest.answers[example * classAnswerWidth + at] ?? NaN);
  const said = column(0);
  const counted = (values: Float32Array) => classes.map((_, one) => values.filter((value) => value === one).length);
  const counts = counted(probe.actual);
  return {
    ...{ classes, actual: probe.actual, said, sureness: column(1) },
    ...{ counts, answered: counted(said) },
    rightShare: said.filter((value, example) => value === probe.actual[example]).length / said.length,
    majorityShare: Math.max(...counts) / said.length,
  };
}

/** Layers with weights of the newest reading, in the order of the network. */
export function weightedLayers({
  newest,
}: RunFacts): (LayerReading & { weights: NonNullable<LayerReading['weights']> })[] {
  return (newest?.layers ?? []).flatMap((layer) => (layer.weights ? [{ ...layer, weights: layer.weights }] : []));
}

/** Largest change of a layer in an epoch, beside its weights. */
export function changeShare(facts: RunFacts): number {
  const interval = facts.newest?.interval ?? 1;
  return Math.max(
    0,
    ...weightedLayers(facts).map(({ weights }) => (weights.norm === 0 ? 0 : weights.update / interval / weights.norm)),
  );
}

/** Readable name of a layer of the run. */
export function layerName({ run }: RunFacts, id: string): Text {
  const spec = run.network.layers.find((layer) => layer.id === id);
  if (!spec || !layers.has(spec.type)) return { en: id, zh: id };
  const { label } = layers.get(spec.type);
  return { en: `${label.en} ${id}`, zh: `${label.zh} ${id}` };
}

export function targetKind({ run }: RunFacts): 'classes' | 'number' | 'reconstruction' | null {
  return tasks.has(run.data.task) ? tasks.get(run.data.task).target : null;
}

/** A tenth of the learning rate, or what its optimizer is usually used with where that is lower still. */
export function withLowerRate(now: Configuration): Configuration {
  const { learningRate, optimizer } = now.settings;
  const usual = optimizers.get(optimizer.type).defaultLearningRate;
  const tenth = Number((learningRate / 10).toPrecision(3));
  return { ...now, settings: { ...now.settings, learningRate: learningRate > 10 * usual ? usual : tenth } };
}

/** Ten times the learning rate, or what its optimizer is usually used with where that is higher still. */
export function withHigherRate(now: Configuration): Configuration {
  const { learningRate, optimizer } = now.settings;
  const usual = optimizers.get(optimizer.type).defaultLearningRate;
  const tenfold = Number((learningRate * 10).toPrecision(3));
  return { ...now, settings: { ...now.settings, learningRate: learningRate < usual / 10 ? usual : tenfold } };
}

export function withLayers(now: Configuration, change: (layer: LayerSpec, index: number) => LayerSpec): Configuration {
  return { ...now, network: { ...now.network, layers: now.network.layers.map(change) } };
}

/** Another layer before the one that answers; as it is where there is one of that name. */
export function withLayerBeforeAnswer(now: Configuration, layer: LayerSpec): Configuration {
  const { layers: all } = now.network;
  const answer = all.at(-1);
  if (!answer || all.some(({ id }) => id === layer.id)) return now;
  // Where the answer names its inputs, the new layer takes them.
  const [added, last] = answer.inputs
    ? [
        { ...layer, inputs: answer.inputs },
        { ...answer, inputs: [layer.id] },
      ]
    : [layer, answer];
  return { ...now, network: { ...now.network, layers: [...all.slice(0, -1), added, last] } };
}

/** The value of a layer's field, its default where it says none. */
export function fieldOf({ type, fields }: LayerSpec, name: string): unknown {
  if (!layers.has(type)) return undefined;
  const definition = layers.get(type);
  const values: Readonly<Record<string, unknown>> = parseFields(definition.fields, fields, definition.label.en);
  return values[name];
}
