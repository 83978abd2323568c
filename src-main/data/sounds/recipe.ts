/**
 * How sounds become what a network takes: log-mel spectrograms of one size, as pictures of one channel (time down, pitch across),
 * standardized by the training rows. A shorter sound stands in the middle of silence, of a longer one the middle is taken.
 */
import { z } from 'zod';
import type { SpectrogramDefinition } from '../../catalog';
import { shapeSchema, type DatasetVersion } from '../../contract';
import type { LibraryPaths } from '../paths';
import { TRAINING } from '../split';
import { clipSeconds, streamClips } from './clips';
import { framesOf, LogMel } from './log-mel';
import { resample } from './resample';

export const logMelRecipeSchema = z.object({
  kind: z.literal('log-mel'),
  column: z.string(),
  /** `[frames, bands, 1]` */
  shape: shapeSchema,
  /** Samples of the stretch that is looked at, at `rate`. */
  samples: z.number().int().min(1),
  /** Of the transform, as `MelOptions` says. */
  rate: z.number().int(),
  window: z.number().int(),
  transform: z.number().int(),
  hop: z.number().int(),
  bands: z.number().int(),
  lowestHertz: z.number(),
  highestHertz: z.number(),
  within: z.boolean().optional(),
  gain: z.number().optional(),
  range: z.number().optional(),
  /** Over all values of training rows, or fixed for a network that learnt with such. */
  mean: z.number(),
  standardDeviation: z.number(),
});
export type LogMelRecipe = z.infer<typeof logMelRecipeSchema>;

/** So many of the training sounds fit whole; a few very long ones don't make all others long. */
const WHOLE_SHARE = 0.95;
/** Training rows that mean and deviation are taken from, evenly spread. */
const MEASURED = 300;

export interface SoundColumn {
  readonly name: string;
  /** Samples per second of its sounds. */
  readonly rate: number;
  readonly spectrogram: SpectrogramDefinition;
}

/**
 * @param parts part of each row.
 * @throws CodedError as `streamClips`
 */
export async function fitLogMel(
  library: LibraryPaths,
  version: DatasetVersion,
  { name: column, rate, spectrogram }: SoundColumn,
  parts: ArrayLike<number>,
): Promise<LogMelRecipe> {
  const training = Array.from({ length: version.rowCount }, (_, row) => row).filter((row) => parts[row] === TRAINING);
  const seconds = (await clipSeconds(library, version, column, training)).sort((one, other) => one - other);
  const length = seconds[Math.min(seconds.length - 1, Math.floor(WHOLE_SHARE * seconds.length))] ?? 1;
  const own = spectrogram.options(rate);
  const { samples, hop } = spectrogram.stretch(Math.max(1, Math.round(length * own.rate)), own);
  const options = { ...own, hop };
  const shape = [framesOf(samples, options), options.bands, 1];
  const recipe = { kind: 'log-mel' as const, column, shape, samples, ...options };
  if (spectrogram.standard) return { ...recipe, ...spectrogram.standard };
  const unscaled = { ...recipe, mean: 0, standardDeviation: 1 };
  return { ...recipe, ...(await measure(library, version, unscaled, rate, training)) };
}

async function measure(
  library: LibraryPaths,
  version: DatasetVersion,
  recipe: LogMelRecipe,
  rate: number,
  training: readonly number[],
): Promise<Pick<LogMelRecipe, 'mean' | 'standardDeviation'>> {
  const step = Math.max(1, Math.ceil(training.length / MEASURED));
  const chosen = training.filter((_, at) => at % step === 0);
  const encoder = new SoundEncoder(recipe);
  let [count, sum, squares] = [0, 0, 0];
  for await (const clip of streamClips(library, version, recipe.column, chosen)) {
    for (const value of encoder.encode(clip, rate)) {
      count += 1;
      sum += value;
      squares += value * value;
    }
  }
  const mean = count > 0 ? sum / count : 0;
  return { mean, standardDeviation: Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)) || 1 };
}

export class SoundEncoder {
  readonly #recipe: LogMelRecipe;
  readonly #logMel: LogMel;

  constructor(recipe: LogMelRecipe) {
    this.#recipe = recipe;
    this.#logMel = new LogMel(recipe);
  }

  /** @param clip one channel from -1 to 1. @returns `frames × bands` standardized values. */
  encode(clip: Float32Array, rate: number): Float32Array {
    const { samples, mean, standardDeviation } = this.#recipe;
    const values = this.#logMel.of(middleOf(resample(clip, rate, this.#recipe.rate), samples));
    for (let at = 0; at < values.length; at++) values[at] = ((values[at] ?? 0) - mean) / standardDeviation;
    return values;
  }
}

/** So many samples around the middle, with silence where the sound has none. */
function middleOf(samples: Float32Array, length: number): Float32Array {
  const start = Math.floor((samples.length - length) / 2);
  if (start >= 0) return samples.subarray(start, start + length);
  const padded = new Float32Array(length);
  padded.set(samples, -start);
  return padded;
}

/** Rows that are encoded before they are handed on. */
const ROWS_AT_ONCE = 64;

/** Encoded rows, some at a time. @throws CodedError as `streamClips` */
export async function* encodedRows(
  library: LibraryPaths,
  version: DatasetVersion,
  recipe: LogMelRecipe,
  rows: readonly number[],
): AsyncGenerator<Float32Array> {
  const rate = version.columns.find(({ name }) => name === recipe.column)?.audio?.rate ?? recipe.rate;
  const encoder = new SoundEncoder(recipe);
  const size = recipe.shape.reduce((product, side) => product * side, 1);
  let values = new Float32Array(Math.min(ROWS_AT_ONCE, rows.length) * size);
  let done = 0;
  let filled = 0;
  for await (const clip of streamClips(library, version, recipe.column, rows)) {
    values.set(encoder.encode(clip, rate), filled * size);
    filled += 1;
    if (filled * size < values.length) continue;
    yield values;
    done += filled;
    filled = 0;
    values = new Float32Array(Math.min(ROWS_AT_ONCE, rows.length - done) * size);
  }
}
