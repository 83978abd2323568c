/**
 * Sound files by the thousand → a version's sounds, decoded to one channel and one rate into one pack. What can't be read is
 * left out with its reason.
 */
import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { CodedError, fromWireError, toWireError, wireErrorSchema } from '../../contract';
import { Growth } from '../growth';
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

/** What is noted of each file: bytes in the pack, seconds, channels and rate of a sound, or why it was left out. */
const recordSchema = z.union([z.tuple([z.number().int(), z.number(), z.number().int(), z.number()]), wireErrorSchema]);
type SoundRecord = z.output<typeof recordSchema>;

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
  const rate = await knownRate(files, context);
  const of = createHash('sha256')
    .update([rate, ...files.map(({ path }) => path)].join('\0'))
    .digest('hex');
  const { pieces } = context;
  const growth = await Growth.open({ name: 'sounds', of, blobs: target.blobs, record: recordSchema, pieces });
  try {
    const records = await takeAll(files, rate, growth, context);
    const sounds: TakenSound[] = [];
    for (const [at, record] of records.entries()) {
      if (Array.isArray(record)) sounds.push({ path: files[at]?.path ?? '', place: sounds.length, seconds: record[1] });
    }
    if (sounds.length === 0) throw noneTaken(files, name, records);
    const taken = records.filter((record) => Array.isArray(record));
    const channels = taken.reduce((most, [, , own]) => Math.max(most, own), 1);
    const audio = { rate, channels, blob: growth.whole ?? (await growth.finish()) };
    const resampled = taken.filter(([, , , own]) => own !== rate).length;
    return { sounds, column: { name: 'sound', type: 'audio', image: null, audio }, resampled };
  } finally {
    await growth.close();
  }
}

/** Decodes what was not before an interruption, into the growth's pack. @returns what is noted of each file. */
async function takeAll(
  files: readonly TreeFile[],
  rate: number,
  growth: Growth<SoundRecord>,
  context: ReadContext,
): Promise<SoundRecord[]> {
  const records = [...growth.records];
  for (const [at, record] of records.entries()) {
    if (!Array.isArray(record)) context.leaveOut({ file: files[at]?.path ?? '' }, fromWireError(record));
  }
  if (growth.whole !== null) return records;
  const lengths = records.flatMap((record) => (Array.isArray(record) ? [record[0]] : []));
  const pack = PackWriter.over(growth.blob, lengths);
  for (const [at, file] of files.entries()) {
    if (at < growth.records.length) continue;
    context.signal.throwIfAborted();
    context.progress({ stage: 'sounds', done: at, total: files.length, unit: 'files' });
    if (at % TURN === 0) await breathe();
    const sound = await readSound(file);
    const record: SoundRecord = sound instanceof CodedError ? toWireError(sound) : await packSound(pack, sound, rate);
    if (sound instanceof CodedError) context.leaveOut({ file: file.path }, sound);
    records.push(record);
    growth.note(record);
    await growth.keepIfDue();
  }
  await pack.close();
  return records;
}

async function packSound(pack: PackWriter, sound: Sound, rate: number): Promise<SoundRecord> {
  const clip = encodeClip(resample(sound.samples, sound.rate, rate));
  await pack.append(clip);
  return [clip.length, sound.samples.length / sound.rate, sound.channels, sound.rate];
}

function noneTaken(files: readonly TreeFile[], name: string, [first]: readonly SoundRecord[]): CodedError {
  const cause = first && !Array.isArray(first) ? fromWireError(first) : undefined;
  return new CodedError(
    'tree-all-skipped',
    { file: name, count: files.length, first: cause ? (files[0]?.path ?? '') : '' },
    cause,
  );
}

/** The common rate, as it was found before an interruption. */
async function knownRate(files: readonly TreeFile[], context: ReadContext): Promise<number> {
  const known = context.pieces?.get('sound-rate', z.number());
  if (known !== null && known !== undefined) return known;
  const rate = await commonRate(files, context);
  await context.pieces?.keep('sound-rate', rate);
  return rate;
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
