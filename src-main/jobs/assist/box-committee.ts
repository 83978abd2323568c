/**
 * A committee of box finders: each learns two thirds of the pictures that somebody looked at and is asked about the rest, so that it
 * is known how right such a finder is in pictures it has not seen; in all others their answers are averaged.
 */
import { cellTargets, type Grid } from '../../catalog/detection/box-coding';
import type { TrueBox } from '../../catalog/detection/matching';
import type { FoundBox } from '../../catalog/detection/overlap';
import { suppress } from '../../catalog/detection/suppress';
import { toCanvas, toPicture } from '../../data/detection/picture-view';
import { randomSource, shuffle } from '../../data/random';
import { BoxFinder, peaksOf, type CellAnswers, type Example, type MapScale } from '../../engine/detection/box-finder';
import { mapShapes } from '../../engine/detection/feature-maps';
import type { TensorFlow } from '../../engine/tf';
import type { JobContext } from '../definition';
import type { BoxLesson } from './box-lesson';
import type { BoxMaps, SeenPicture } from './box-maps';

export const FOLDS = 3;
const PLAN = { steps: 240, batch: 8, learningRate: 0.003 };
/** Copies of all pictures together, and of one at most: half a megabyte each. */
const COPIES = { all: 360, each: 6 };
/** Boxes that are less sure are none, whatever the threshold. */
export const LEAST_SCORE = 0.03;
const SUPPRESSION = { sameClass: 0.5, anyClass: 0.8, most: 300 };
/** Chance that an example of a batch is the picture as it is, where there are changed copies. */
const AS_IT_IS = 0.34;

/** Pictures that are learnt, each as it is and changed. */
interface Lessons {
  readonly plain: readonly SeenPicture[];
  /** By picture: all of it, the plain one first. */
  readonly examples: readonly (readonly Example[])[];
  readonly scale: MapScale;
  readonly usual: readonly [width: number, height: number];
}

/** Finders that have learnt, and what each found in the pictures that it had not. */
export interface Committee {
  /** Of each judged row of the lesson, in shares of the picture. */
  readonly unseen: readonly (readonly FoundBox[])[];
  /** Fold of each judged row. */
  readonly folds: Int32Array;
  /** Boxes of other pictures, by all finders together. */
  find(pictures: readonly (SeenPicture | null)[]): Promise<FoundBox[][]>;
  dispose(): void;
}

/** @throws the signal's reason */
export async function trainCommittee(
  tf: TensorFlow,
  maps: BoxMaps,
  lesson: BoxLesson,
  context: JobContext,
): Promise<Committee> {
  const lessons = await readLessons(maps, lesson, context);
  const folds = foldsOf(lesson.judged.length);
  const unseen: FoundBox[][] = lesson.there.map(() => []);
  const finders: BoxFinder[] = [];
  const dispose = () => {
    for (const finder of finders) finder.dispose();
  };
  try {
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const finder = new BoxFinder(tf, {
        ...{ maps: mapShapes(maps.canvas), classes: lesson.classes.length, seed: fold + 1 },
        ...{ scale: lessons.scale, usual: lessons.usual },
      });
      finders.push(finder);
      await finder.learn(PLAN, batchesOf(lessons, folds, fold), async (step) => {
        await new Promise(setImmediate);
        context.signal.throwIfAborted();
        context.progress({ stage: 'model', done: fold * PLAN.steps + step, total: FOLDS * PLAN.steps, unit: 'steps' });
      });
      const own = [...folds.keys()].filter((place) => folds[place] === fold);
      for (const place of own) {
        const picture = lessons.plain[place];
        if (picture) unseen[place] = (await findIn([finder], [picture], maps))[0] ?? [];
      }
    }
    return { unseen, folds, find: (pictures) => findIn(finders, pictures, maps), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** A third of the pictures in each, by lot. */
function foldsOf(count: number): Int32Array {
  const folds = Int32Array.from({ length: count }, (_, place) => place % FOLDS);
  shuffle(folds, randomSource(1, 7));
  return folds;
}

async function readLessons(
  maps: BoxMaps,
  { judged, there, classes }: BoxLesson,
  context: JobContext,
): Promise<Lessons> {
  const plain: SeenPicture[] = [];
  for await (const some of maps.whole(judged)) plain.push(...some.map((one) => one ?? blankOf(maps)));
  const grid = gridOf(maps);
  const copies = Math.min(COPIES.each, Math.floor(COPIES.all / judged.length));
  const examples: Example[][] = [];
  for (const [place, row] of judged.entries()) {
    context.signal.throwIfAborted();
    context.progress({ stage: 'features', done: place, total: judged.length, unit: 'rows' });
    const own = plain[place];
    const changed = await maps.changed(row, copies);
    examples.push(
      [...(own ? [own] : []), ...changed].map((seen) =>
        exampleOf(seen, there[place] ?? [], { maps, grid, classes: classes.length }),
      ),
    );
  }
  return { plain, examples, scale: scaleOf(plain, maps), usual: usualSize(examples) };
}

/** A picture that can't be read: nothing is found in it. */
function blankOf({ canvas }: BoxMaps): SeenPicture {
  const size = mapShapes(canvas).reduce((sum, shape) => sum + shape.reduce((product, side) => product * side, 1), 0);
  return { view: { x: 0, y: 0, ...canvas, mirrored: false }, maps: new Float32Array(size) };
}

function gridOf({ canvas }: BoxMaps): Grid {
  const [rows = 1, columns = 1] = mapShapes(canvas)[0] ?? [];
  return { rows, columns };
}

function exampleOf(
  { view, maps }: SeenPicture,
  there: readonly TrueBox[],
  { maps: { canvas }, grid, classes }: { readonly maps: BoxMaps; readonly grid: Grid; readonly classes: number },
): Example {
  const seen = there.flatMap((box) => toCanvas(box, view, canvas) ?? []);
  return { maps, targets: cellTargets(seen, grid, classes) };
}

/** Mean and deviation of each channel of each map. */
function scaleOf(pictures: readonly SeenPicture[], { canvas }: BoxMaps): MapScale {
  const scale = { mean: [] as Float32Array[], deviation: [] as Float32Array[] };
  let from = 0;
  for (const [rows = 1, columns = 1, channels = 1] of mapShapes(canvas)) {
    const sums = new Float64Array(channels);
    const squares = new Float64Array(channels);
    const end = from + rows * columns * channels;
    for (const { maps } of pictures) {
      for (let at = from; at < end; at += 1) {
        const [channel, value] = [(at - from) % channels, maps[at] ?? 0];
        sums[channel] = (sums[channel] ?? 0) + value;
        squares[channel] = (squares[channel] ?? 0) + value * value;
      }
    }
    const count = pictures.length * rows * columns;
    scale.mean.push(Float32Array.from(sums, (sum) => sum / count));
    scale.deviation.push(
      Float32Array.from(squares, (square, channel) =>
        Math.sqrt(Math.max(1e-6, square / count - ((sums[channel] ?? 0) / count) ** 2)),
      ),
    );
    from = end;
  }
  return scale;
}

/** Means of the logarithms of width and height over all boxes, in cells. */
function usualSize(examples: readonly (readonly Example[])[]): [number, number] {
  const sums = [0, 0, 0];
  for (const { targets } of examples.flat()) {
    for (const [cell, weight] of targets.weights.entries()) {
      if (weight === 0) continue;
      const log = (place: number) => Math.log(targets.boxes[4 * cell + place] ?? 1);
      for (const [at, value] of [log(2), log(3), 1].entries()) sums[at] = (sums[at] ?? 0) + weight * value;
    }
  }
  const [width = 0, height = 0, count = 0] = sums;
  return [width / Math.max(1, count), height / Math.max(1, count)];
}

/** Batches of the pictures outside a fold: all of them once in each round, in an order by lot, some as they are, most changed. */
function batchesOf({ examples }: Lessons, folds: Int32Array, fold: number): () => readonly Example[] {
  const random = randomSource(fold, 23);
  const places = Int32Array.from(folds.keys()).filter((place) => folds[place] !== fold);
  let next = places.length;
  return () =>
    Array.from({ length: PLAN.batch }, () => {
      if (next >= places.length) {
        shuffle(places, random);
        next = 0;
      }
      const own = examples[places[next++] ?? 0] ?? [];
      const [plain] = own;
      const one = random() < AS_IT_IS ? plain : own[Math.floor(random() * own.length)];
      if (!one) throw new Error('A picture has no example');
      return one;
    });
}

async function findIn(
  finders: readonly BoxFinder[],
  pictures: readonly (SeenPicture | null)[],
  { canvas }: BoxMaps,
): Promise<FoundBox[][]> {
  const seen = pictures.flatMap((picture) => picture ?? []);
  const [first] = finders;
  if (!first || seen.length === 0) return pictures.map(() => []);
  const answers: CellAnswers[] = [];
  for (const finder of finders) answers.push(await finder.ask(seen.map(({ maps }) => maps)));
  const [logits, codes] = [mean(answers.map((one) => one.logits)), mean(answers.map((one) => one.codes))];
  const part = (of: Float32Array, at: number) =>
    of.subarray((at * of.length) / seen.length, ((at + 1) * of.length) / seen.length);
  const found = seen.map(({ view }, at) => {
    const peaks = peaksOf(part(logits, at), part(codes, at), first.grid, LEAST_SCORE);
    return suppress(peaks, SUPPRESSION).flatMap((box) => toPicture(box, view, canvas) ?? []);
  });
  let next = 0;
  return pictures.map((picture) => (picture ? (found[next++] ?? []) : []));
}

function mean(all: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = all;
  return first.map((_, at) => all.reduce((sum, one) => sum + (one[at] ?? 0), 0) / all.length);
}
