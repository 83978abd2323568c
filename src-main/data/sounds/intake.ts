/**
 * Sound files by the thousand → a version's sounds, decoded to one channel and one rate into one pack. What can't be read is
 * left out with its reason.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { CodedError } from '../../contract';
import { PackWriter } from '../pack';
import type { ReadColumn, ReadContext, SourceTarget } from '../source';
import type { TreeFile } from '../tree';
import { encodeClip } from './clip';
import { decodeSound } from './decode';
import { resample } from './resample';
import { mostSeconds, type Sound } from './sound';

/** Files that are heard first, to find the rate that most have. */
const PROBED = 100;
/** Above what people hear nothing is kept: 48,000 samples per second hold it all. */
const HIGHEST_RATE = 48_000;
/** Files between two chances for others (a cancel) to be heard. */
const TURN = 16;

export interface TakenSound {
  readonly path: string;
  readonly place: number;
  readonly seconds: number;
}

export interface TakenSounds {
  /** In the order of the files. */
  readonly sounds: readonly TakenSound[];
  readonly column: ReadColumn;
  /** Sounds that had another rate. */
  readonly resampled: number;
}

/**
 * @param name of the folder or archive, for errors.
 * @throws CodedError `tree-all-skipped` where no sound can be read
 */
export async function takeSounds(
  files: readonly TreeFile[],
  name: string,
  target: SourceTarget,
  context: ReadContext,
): Promise<TakenSounds> {
  const rate = await commonRate(files, context);
  const pack = await PackWriter.create(target.blobs);
  const sounds: TakenSound[] = [];
  let [channels, resampled] = [1, 0];
  let first: { path: string; reason: CodedError } | null = null;
  try {
    for (const [at, file] of files.entries()) {
      context.signal.throwIfAborted();
      context.progress({ stage: 'sounds', done: at, total: files.length, unit: 'files' });
      if (at % TURN === 0) await breathe();
      const sound = await readSound(file);
      if (sound instanceof CodedError) {
        first ??= { path: file.path, reason: sound };
        context.leaveOut({ file: file.path }, sound);
        continue;
      }
      if (sound.rate !== rate) resampled += 1;
      channels = Math.max(channels, sound.channels);
      const place = await pack.append(encodeClip(resample(sound.samples, sound.rate, rate)));
      sounds.push({ path: file.path, place, seconds: sound.samples.length / sound.rate });
    }
    if (sounds.length === 0) {
      const known = { file: name, count: files.length, first: first?.path ?? '' };
      throw new CodedError('tree-all-skipped', known, first?.reason);
    }
    const audio = { rate, channels, blob: await pack.finish() };
    return { sounds, column: { name: 'sound', type: 'audio', image: null, audio }, resampled };
  } catch (error) {
    await pack.discard();
    throw error;
  }
}

/** The rate that most of some files have, the highest of those that are as frequent. */
async function commonRate(files: readonly TreeFile[], context: ReadContext): Promise<number> {
  const counts = new Map<number, number>();
  const step = Math.max(1, Math.floor(files.length / PROBED));
  for (let at = 0; at < files.length; at += step) {
    context.signal.throwIfAborted();
    const file = files[at];
    const sound = file && (await readSound(file));
    if (sound && !(sound instanceof CodedError)) counts.set(sound.rate, (counts.get(sound.rate) ?? 0) + 1);
  }
  const [found] = [...counts].sort(([rate, count], [otherRate, other]) => other - count || otherRate - rate);
  return Math.min(HIGHEST_RATE, found?.[0] ?? HIGHEST_RATE);
}

/** A sound, or why there is none. What no file is to blame for is thrown. */
async function readSound(file: TreeFile): Promise<Sound | CodedError> {
  try {
    return await decodeSound(await file.read(), { file: file.path, mostSeconds });
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}
