/**
 * A person whom no training row has, put into a network of ratings by what they rated ("folding in", Sarwar et al. 2002): they
 * get a row of their own in the tables of codes, which alone is learnt, while all else stays as it was trained. Works on a
 * copy that has the rows of items alone; the network that it is made from is not changed.
 *
 * What is made small is that of training, for this person's part: Σ (rating − prediction)² + λ · Σ row², with λ the penalty of
 * the tables times the training rows.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { layers, parseFields } from '../../catalog';
import { CodedError, type NetworkSpec } from '../../contract';
import { buildModel } from '../build';
import type { FinishedModel } from '../evaluate';
import { ridge } from './ridge';
import type { RatingsIndex } from './ratings-index';

/** What a person rated: the code of an item, and the rating in the person's unit. */
export interface OwnRating {
  readonly item: number;
  readonly rating: number;
}

export interface FoldInSource {
  readonly finished: FinishedModel;
  readonly network: NetworkSpec;
  readonly index: RatingsIndex;
  /** How many ratings the network was trained on. */
  readonly trainingRows: number;
}

/** Weight of the penalty of a network whose tables have none: without it few ratings would be followed to the letter. */
const LEAST_PENALTY = 1;
/** Steps of Adam (Kingma and Ba 2015) down the gradient, and their size. */
const STEPS = 60;
const STEP_SIZE = 0.15;

/** In networks of these alone a rating is a sum of the row's numbers, each times one of the item: solved exactly. */
const LINEAR = ['embedding', 'take-steps', 'factorization'];

/**
 * @param rated of one person, at least one. @param items that are asked about, by code.
 * @param way by gradient also where the row could be solved for, for comparing both.
 * @returns one rating for each item, in the person's unit.
 * @throws CodedError `fold-in-unfit` where the network learns no rows for codes
 */
export function predictNewUser(
  source: FoldInSource,
  rated: readonly OwnRating[],
  items: readonly number[],
  way: 'best' | 'gradient' = 'best',
): Float32Array {
  const { tf, task, targetScale } = source.finished;
  const { mean, standardDeviation } = targetScale;
  const copy = new PersonNetwork(source);
  try {
    const wanted = rated.map(({ rating }) => (rating - mean) / standardDeviation);
    const own = copy.examples(rated.map(({ item }) => item));
    const isLinear = source.network.layers.every(({ type }) => LINEAR.includes(type));
    if (isLinear && way === 'best') solve(copy, own, wanted);
    else descend(tf, copy, own, wanted);
    const outputs = tf.tidy(() => task.decode(tf, copy.apply(copy.examples(items))).dataSync());
    return Float32Array.from(outputs, (value) => value * standardDeviation + mean);
  } finally {
    copy.dispose();
  }
}

/** Outputs are linear in the row: what each of its numbers adds is found by setting it to 1 alone. */
function solve(copy: PersonNetwork, own: Float32Array, wanted: readonly number[]): void {
  const width = copy.row.length;
  const outputsAt = (row: Float64Array) => {
    copy.setRow(row);
    return copy.outputs(own);
  };
  const base = outputsAt(new Float64Array(width));
  const columns = Array.from({ length: width }, (_, place) => {
    const outputs = outputsAt(Float64Array.from({ length: width }, (__, at) => (at === place ? 1 : 0)));
    return outputs.map((value, at) => value - (base[at] ?? 0));
  });
  const rows = wanted.map((_, at) => columns.map((column) => column[at] ?? 0));
  const rest = wanted.map((value, at) => value - (base[at] ?? 0));
  copy.setRow(ridge(rows, rest, copy.penalties));
}

function descend(tf: FinishedModel['tf'], copy: PersonNetwork, own: Float32Array, wanted: readonly number[]): void {
  const row = new Float64Array(copy.row.length);
  const [first, second] = [new Float64Array(row.length), new Float64Array(row.length)];
  const target = tf.tensor2d([...wanted], [wanted.length, 1]);
  for (let step = 1; step <= STEPS; step++) {
    copy.setRow(row);
    const gradient = copy.gradient(own, target);
    // Steps become smaller towards the end, so that the last ones settle.
    const rate = STEP_SIZE * (1 - (step - 1) / STEPS);
    for (let at = 0; at < row.length; at++) {
      const slope = (gradient[at] ?? 0) + 2 * (copy.penalties[at] ?? 0) * (row[at] ?? 0);
      first[at] = 0.9 * (first[at] ?? 0) + 0.1 * slope;
      second[at] = 0.999 * (second[at] ?? 0) + 0.001 * slope * slope;
      const [mean, spread] = [(first[at] ?? 0) / (1 - 0.9 ** step), (second[at] ?? 0) / (1 - 0.999 ** step)];
      row[at] = (row[at] ?? 0) - (rate * mean) / (Math.sqrt(spread) + 1e-8);
    }
  }
  copy.setRow(row);
  target.dispose();
}

/** A table of codes in the copy, with the person's row at its end. */
interface Table {
  readonly weight: tensorflow.LayersModel['weights'][number];
  /** All rows but the person's. */
  readonly rows: Float32Array;
  readonly features: number;
}

/** A copy of a network whose tables have the codes of items alone, and one person. */
class PersonNetwork {
  /** The person's numbers, of all tables one after the other, and λ of each. */
  readonly row: Float64Array;
  readonly penalties: Float64Array;
  readonly #source: FoldInSource;
  readonly #model: tensorflow.LayersModel;
  readonly #tables: Table[] = [];
  /** Where a code of the network stands in the copy's tables. */
  readonly #places: ReadonlyMap<number, number>;

  /** @throws CodedError `fold-in-unfit` */
  constructor(source: FoldInSource) {
    this.#source = source;
    const { finished, network, index } = source;
    const { tf, model } = finished;
    const used = [...new Set(index.examples(0, [...index.items.keys()]))].filter((code) => code > 0);
    const codes = [0, ...used.sort((one, other) => one - other)];
    this.#places = new Map(codes.map((code, place) => [code, place]));
    const layersOfCodes = network.layers.filter(({ type }) => layers.get(type).codesField !== undefined);
    if (layersOfCodes.length === 0) throw new CodedError('fold-in-unfit');
    const spec = {
      layers: network.layers.map((layer) => {
        const { codesField } = layers.get(layer.type);
        return codesField === undefined
          ? layer
          : { ...layer, fields: { ...layer.fields, [codesField]: codes.length + 1 } };
      }),
    };
    this.#model = buildModel(tf, spec, [index.width], 1, 0);
    const penalties: number[] = [];
    for (const layer of network.layers) {
      const [from, to] = [model.getLayer(layer.id), this.#model.getLayer(layer.id)];
      if (!layersOfCodes.includes(layer)) {
        to.setWeights(from.getWeights());
        continue;
      }
      const [table] = from.getWeights();
      const [weight] = to.weights;
      if (!table || !weight) throw new CodedError('fold-in-unfit');
      const [vocabulary = 0, features = 0] = table.shape;
      const rows = tf.tidy(() => {
        const known = codes.map((code) => (code < vocabulary ? code : 0));
        return Float32Array.from(tf.gather(table, tf.tensor1d(known, 'int32')).dataSync());
      });
      this.#tables.push({ weight, rows, features });
      const own = Math.max(LEAST_PENALTY, penaltyOf(layer) * source.trainingRows);
      penalties.push(...Array.from({ length: features }, () => own));
    }
    this.penalties = Float64Array.from(penalties);
    this.row = new Float64Array(penalties.length);
  }

  setRow(row: Float64Array): void {
    const { tf } = this.#source.finished;
    this.row.set(row);
    let from = 0;
    for (const { weight, rows, features } of this.#tables) {
      const values = new Float32Array(rows.length + features);
      values.set(rows);
      values.set(this.row.subarray(from, (from += features)), rows.length);
      tf.tidy(() => void weight.write(tf.tensor2d(values, [values.length / features, features])));
    }
  }

  /** The person with each of these items, in the copy's codes. */
  examples(items: readonly number[]): Float32Array {
    const { index } = this.#source;
    const person = this.#places.size;
    return index
      .examples(0, items)
      .map((code, at) => (at % index.width === index.places.user ? person : (this.#places.get(code) ?? 0)));
  }

  apply(examples: Float32Array): tensorflow.Tensor {
    const { finished, index } = this.#source;
    const input = finished.tf.tensor2d(examples, [examples.length / index.width, index.width]);
    return this.#model.apply(input, { training: false }) as tensorflow.Tensor;
  }

  outputs(examples: Float32Array): number[] {
    return this.#source.finished.tf.tidy(() => [...this.apply(examples).dataSync()]);
  }

  /** Of Σ (output − target)² by the person's numbers. */
  gradient(examples: Float32Array, target: tensorflow.Tensor): Float64Array {
    const { tf } = this.#source.finished;
    const variables = this.#tables.map(({ weight }) => weight.read() as tensorflow.Variable);
    const all = tf.tidy(() => {
      const { grads } = tf.variableGrads(
        () => tf.sum(tf.square(tf.sub(this.apply(examples), target))) as tensorflow.Scalar,
        variables,
      );
      return variables.map(({ name }, at) => {
        const { rows, features } = this.#tables[at] ?? { rows: { length: 0 }, features: 1 };
        const own = grads[name];
        return own ? [...tf.slice(own, [rows.length / features, 0], [1, features]).dataSync()] : [];
      });
    });
    return Float64Array.from(all.flat());
  }

  dispose(): void {
    this.#model.dispose();
  }
}

/** The L2 penalty of a layer's table. */
function penaltyOf({ type, fields }: NetworkSpec['layers'][number]): number {
  const definition = layers.get(type);
  const { l2 } = parseFields(definition.fields, fields, definition.label.en);
  return typeof l2 === 'number' ? l2 : 0;
}
