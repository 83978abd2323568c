/**
 * A small network that finds boxes on maps of a frozen backbone: what all maps say of a cell is added up, looked at together with
 * its neighbours, and turned into a score per class and one box. It learns from a handful of pictures in seconds.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { boxLoss, heatLoss } from '../../catalog/detection/box-loss';
import { boxValues, decodeBox, type CellTargets, type Grid } from '../../catalog/detection/box-coding';
import type { FoundBox } from '../../catalog/detection/overlap';
import { seedFrom } from '../../catalog/random';
import type { Shape } from '../../contract';
import type { TensorFlow } from '../tf';

const CHANNELS = 64;
/** Scores begin at this, as nearly all cells are no middle of a box. */
const FIRST_SCORE = 0.05;
/** The box counts as much as its class (TTFNet has 5 to 1 with a learning rate a tenth of this). */
const BOX_SHARE = 2;

export interface FinderShape {
  /** Of the maps of one picture, the finest first: each cell of it is a place where a box may be. */
  readonly maps: readonly Shape[];
  readonly classes: number;
  readonly seed: number;
  /** Of each map's channels, over the pictures that are learnt: they differ by powers of ten. */
  readonly scale: MapScale;
  /** Logarithms of the usual width and height of a box, in cells. */
  readonly usual: readonly [width: number, height: number];
}

export interface MapScale {
  readonly mean: readonly Float32Array[];
  readonly deviation: readonly Float32Array[];
}

export interface LearningPlan {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
}

export interface Example {
  /** All maps of one picture, the finest first. */
  readonly maps: Float32Array;
  readonly targets: CellTargets;
}

/** Logits and codes of all cells. */
type Said = [logits: tensorflow.Tensor4D, codes: tensorflow.Tensor4D];

interface TargetTensors {
  readonly heat: tensorflow.Tensor4D;
  readonly boxes: tensorflow.Tensor4D;
  readonly weights: tensorflow.Tensor3D;
}

/** What cells say of pictures, averaged over finders: scores before they are cut, and codes of boxes. */
export interface CellAnswers {
  /** `pictures × rows × columns × classes`, logits. */
  readonly logits: Float32Array;
  /** `pictures × rows × columns × 4`. */
  readonly codes: Float32Array;
}

export class BoxFinder {
  readonly #tf: TensorFlow;
  readonly #shape: FinderShape;
  readonly #weights: Readonly<Record<string, tensorflow.Variable>>;
  readonly #scale: readonly { readonly mean: tensorflow.Tensor; readonly factor: tensorflow.Tensor }[];

  constructor(tf: TensorFlow, shape: FinderShape) {
    this.#tf = tf;
    this.#shape = shape;
    this.#weights = tf.tidy(() => firstWeights(tf, shape));
    this.#scale = shape.maps.map((_, level) => ({
      mean: tf.tensor1d(shape.scale.mean[level] ?? new Float32Array()),
      factor: tf.tensor1d((shape.scale.deviation[level] ?? new Float32Array()).map((deviation) => 1 / deviation)),
    }));
  }

  get grid(): Grid {
    const [rows = 1, columns = 1] = this.#shape.maps[0] ?? [];
    return { rows, columns };
  }

  /**
   * @param next the examples of a batch, by the number of the step. @param between is awaited before each step.
   * @throws what `between` throws
   */
  async learn(
    plan: LearningPlan,
    next: (step: number) => readonly Example[],
    between: (step: number) => Promise<void>,
  ): Promise<void> {
    const variables = Object.values(this.#weights);
    // Fast, then a tenth as fast: what the last batches say by chance is averaged out.
    const last = Math.round(plan.steps * 0.75);
    let optimizer = this.#tf.train.adam(plan.learningRate);
    try {
      for (let step = 0; step < plan.steps; step += 1) {
        await between(step);
        if (step === last) {
          optimizer.dispose();
          optimizer = this.#tf.train.adam(plan.learningRate / 10);
        }
        const batch = next(step);
        this.#tf.tidy(() => {
          const count = batch.reduce((sum, { targets }) => sum + targets.count, 0);
          const maps = this.#mapsOf(batch.map((one) => one.maps));
          const targets = this.#targetsOf(batch.map((one) => one.targets));
          optimizer.minimize(() => this.#loss(this.#say(maps), targets, count), false, variables);
        });
      }
    } finally {
      optimizer.dispose();
    }
  }

  /** @param maps of each picture. */
  async ask(maps: readonly Float32Array[]): Promise<CellAnswers> {
    const said = this.#tf.tidy(() => this.#say(this.#mapsOf(maps)));
    try {
      const [logits = new Float32Array(), codes = new Float32Array()] = await Promise.all(
        said.map((one) => one.data<'float32'>()),
      );
      return { logits, codes };
    } finally {
      for (const one of said) one.dispose();
    }
  }

  dispose(): void {
    for (const weight of Object.values(this.#weights)) weight.dispose();
    for (const { mean, factor } of this.#scale) {
      mean.dispose();
      factor.dispose();
    }
  }

  #weight<Rank extends tensorflow.Tensor>(name: string): Rank {
    const weight = this.#weights[name];
    if (!weight) throw new Error(`The box finder has no weight ${name}`);
    return weight as unknown as Rank;
  }

  #mapsOf(maps: readonly Float32Array[]): tensorflow.Tensor4D[] {
    let from = 0;
    return this.#shape.maps.map(([rows = 1, columns = 1, channels = 1]) => {
      const size = rows * columns * channels;
      const all = new Float32Array(maps.length * size);
      for (const [at, one] of maps.entries()) all.set(one.subarray(from, from + size), at * size);
      from += size;
      return this.#tf.tensor4d(all, [maps.length, rows, columns, channels]);
    });
  }

  #say(maps: readonly tensorflow.Tensor4D[]): Said {
    const tf = this.#tf;
    const { rows, columns } = this.grid;
    const seen = maps.map((map, level) => {
      const { mean, factor } = this.#scale[level] ?? { mean: 0, factor: 1 };
      const even = tf.mul(tf.sub(map, mean), factor) as tensorflow.Tensor4D;
      const narrow = tf.conv2d(even, this.#weight<tensorflow.Tensor4D>(`level-${level}`), 1, 'same');
      return level === 0 ? narrow : tf.image.resizeNearestNeighbor(narrow, [rows, columns]);
    });
    const cell = tf.relu(tf.add(tf.addN(seen), this.#weight('cell-bias'))) as tensorflow.Tensor4D;
    const convolve = (x: tensorflow.Tensor4D, name: string): tensorflow.Tensor4D =>
      tf.add(tf.conv2d(x, this.#weight<tensorflow.Tensor4D>(name), 1, 'same'), this.#weight(`${name}-bias`));
    const around = tf.relu(convolve(cell, 'around'));
    return [convolve(around, 'heat'), convolve(around, 'box')];
  }

  #targetsOf(targets: readonly CellTargets[]): TargetTensors {
    const { rows, columns } = this.grid;
    const stacked = (of: (one: CellTargets) => Float32Array, depth: number) => {
      const all = new Float32Array(targets.length * rows * columns * depth);
      for (const [at, one] of targets.entries()) all.set(of(one), at * rows * columns * depth);
      return this.#tf.tensor4d(all, [targets.length, rows, columns, depth]);
    };
    return {
      heat: stacked(({ heat }) => heat, this.#shape.classes),
      boxes: stacked(({ boxes }) => boxes, boxValues),
      weights: this.#tf.squeeze<tensorflow.Tensor3D>(
        stacked(({ weights }) => weights, 1),
        [3],
      ),
    };
  }

  #loss([logits, codes]: Said, { heat, boxes, weights }: TargetTensors, count: number): tensorflow.Scalar {
    const tf = this.#tf;
    return tf.add(heatLoss(tf, logits, heat, count), tf.mul(BOX_SHARE, boxLoss(tf, codes, boxes, weights, count)));
  }
}

/** By He et al. (2015) where a rectifier follows; what comes last begins near the usual answer. */
function firstWeights(
  tf: TensorFlow,
  { maps, classes, seed, usual }: FinderShape,
): Record<string, tensorflow.Variable> {
  let made = 0;
  const draw = (shape: [number, number, number, number], deviation: number) =>
    tf.variable(tf.randomNormal(shape, 0, deviation, 'float32', seedFrom(seed, (made += 1))));
  const he = (inputs: number) => Math.sqrt(2 / inputs);
  const levels = maps.map(([, , channels = 1], level): [string, tensorflow.Variable] => [
    `level-${level}`,
    // The sum over the maps has the spread of one.
    draw([1, 1, channels, CHANNELS], he(channels * maps.length)),
  ]);
  const bias = (values: readonly number[]) => tf.variable(tf.tensor1d([...values]));
  return {
    ...Object.fromEntries(levels),
    'cell-bias': bias(Array<number>(CHANNELS).fill(0)),
    around: draw([3, 3, CHANNELS, CHANNELS], he(9 * CHANNELS)),
    'around-bias': bias(Array<number>(CHANNELS).fill(0)),
    heat: draw([1, 1, CHANNELS, classes], 0.01),
    'heat-bias': bias(Array<number>(classes).fill(Math.log(FIRST_SCORE / (1 - FIRST_SCORE)))),
    box: draw([1, 1, CHANNELS, boxValues], 0.01),
    'box-bias': bias([0, 0, ...usual]),
  };
}

/**
 * Boxes of one picture where a cell's score is the highest of its neighbourhood.
 * @param logits `rows × columns × classes`. @param codes `rows × columns × 4`. @param least score.
 * @returns in shares of the picture, not clipped to it
 */
export function peaksOf(logits: Float32Array, codes: Float32Array, grid: Grid, least: number): FoundBox[] {
  const { rows, columns } = grid;
  const classes = logits.length / (rows * columns);
  const floor = Math.log(least / (1 - least));
  const found: FoundBox[] = [];
  const at = (x: number, y: number, label: number) =>
    x < 0 || y < 0 || x >= columns || y >= rows ? -Infinity : (logits[(y * columns + x) * classes + label] ?? 0);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      for (let label = 0; label < classes; label += 1) {
        const own = at(x, y, label);
        if (own < floor || !isPeak(own, x, y, (of, on) => at(of, on, label))) continue;
        const cell = y * columns + x;
        const box = decodeBox(codes.subarray(cell * boxValues, (cell + 1) * boxValues), cell, grid);
        found.push({ ...box, label, score: 1 / (1 + Math.exp(-own)) });
      }
    }
  }
  return found;
}

function isPeak(own: number, x: number, y: number, at: (x: number, y: number) => number): boolean {
  for (let down = -1; down <= 1; down += 1) {
    for (let across = -1; across <= 1; across += 1) if (at(x + across, y + down) > own) return false;
  }
  return true;
}
