/**
 * A tree of sound files → a version's rows: one for each sound that can be read, with its class, its file and its length. The
 * sounds lie in one pack, decoded, at one rate; what could not be read is told with its reason.
 */
import { writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { CodedError, type DatasetVersion } from '../../contract';
import { sniffDelimiter } from '../csv/delimiter';
import { recordValues, scanRecords } from '../csv/records';
import { execute } from '../duckdb';
import { PackWriter } from '../pack';
import type { ReadColumn, ReadResult, SourceContext, SourceTarget } from '../source';
import { identifier, literal } from '../sql';
import type { Tree, TreeFile } from '../tree';
import { encodeClip } from './clip';
import { decodeSound, soundExtensions } from './decode';
import { findLabels, labelsFromTable, type SoundLabels } from './labels';
import { resample } from './resample';
import { mostSeconds, type Sound } from './sound';

/** Files that are heard first, to find the rate that most have. */
const PROBED = 100;
/** Above what people hear nothing is kept: 48,000 samples per second hold it all. */
const HIGHEST_RATE = 48_000;
/** Left-out files that are told one by one. */
const MOST_TOLD = 1000;
/** Tables larger than this are no labels beside sounds. */
const MOST_TABLE_BYTES = 64 << 20;

export function isSoundPath(path: string): boolean {
  return soundExtensions.includes(posix.extname(path).toLowerCase());
}

/**
 * @param name of the folder or archive, for errors.
 * @throws CodedError `tree-all-skipped` where no file is a sound that can be read; `job-cancelled`
 */
export async function readSounds(
  tree: Tree,
  name: string,
  target: SourceTarget,
  context: SourceContext,
): Promise<ReadResult> {
  const files = tree.files.filter(({ path }) => isSoundPath(path));
  const rate = await commonRate(files, context);
  const kept = await packSounds(files, rate, target, context);
  const first = kept.leftOut[0];
  if (kept.sounds.length === 0) {
    const known = { file: name, count: files.length, first: first?.file ?? '', reason: first?.reason ?? '' };
    throw new CodedError('tree-all-skipped', known);
  }
  const paths = kept.sounds.map(({ path }) => path);
  const labels = findLabels(paths, await readTables(tree, paths));
  await writeRows(kept.sounds, labels, target, context);
  return {
    rowCount: paths.length,
    columns: columnsOf(labels, { rate, channels: kept.channels, blob: kept.blob }),
    hasGivenSplit: labels.parts !== null,
    notes: notesOf(kept, labels),
  };
}

/** The rate that most of some files have, the highest of those that are as frequent. */
async function commonRate(files: readonly TreeFile[], context: SourceContext): Promise<number> {
  const counts = new Map<number, number>();
  const step = Math.max(1, Math.floor(files.length / PROBED));
  for (let at = 0; at < files.length; at += step) {
    context.signal.throwIfAborted();
    const file = files[at];
    const sound = file && (await readSound(file));
    if (sound && 'rate' in sound) counts.set(sound.rate, (counts.get(sound.rate) ?? 0) + 1);
  }
  const [found] = [...counts].sort(([rate, count], [otherRate, other]) => other - count || otherRate - rate);
  return Math.min(HIGHEST_RATE, found?.[0] ?? HIGHEST_RATE);
}

interface LeftOut {
  readonly file: string;
  /** A code of the error table, whose words say why. */
  readonly reason: string;
}

/** A sound, or why there is none. Errors that no file is to blame for are thrown. */
async function readSound(file: TreeFile): Promise<Sound | LeftOut> {
  try {
    return decodeSound(await file.read(), { file: posix.basename(file.path), mostSeconds });
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { file: file.path, reason: error.code };
  }
}

interface KeptSounds {
  readonly sounds: readonly { readonly path: string; readonly seconds: number }[];
  readonly leftOut: readonly LeftOut[];
  /** Sounds that had another rate. */
  readonly resampled: number;
  /** The most that a file had. */
  readonly channels: number;
  readonly blob: string;
}

async function packSounds(
  files: readonly TreeFile[],
  rate: number,
  target: SourceTarget,
  context: SourceContext,
): Promise<KeptSounds> {
  const pack = await PackWriter.create(target.blobs);
  const sounds: { path: string; seconds: number }[] = [];
  const leftOut: LeftOut[] = [];
  let [channels, resampled] = [1, 0];
  try {
    for (const [at, file] of files.entries()) {
      context.signal.throwIfAborted();
      context.progress({ stage: 'sounds', done: at, total: files.length, unit: 'files' });
      if (at % 16 === 0) await breathe();
      const sound = await readSound(file);
      if ('reason' in sound) {
        leftOut.push(sound);
        continue;
      }
      if (sound.rate !== rate) resampled += 1;
      channels = Math.max(channels, sound.channels);
      await pack.append(encodeClip(resample(sound.samples, sound.rate, rate)));
      sounds.push({ path: file.path, seconds: sound.samples.length / sound.rate });
    }
    return { sounds, leftOut, resampled, channels, blob: await pack.finish() };
  } catch (error) {
    await pack.discard();
    throw error;
  }
}

/** What tables of text in the tree say of the sounds; null where none does. */
async function readTables(tree: Tree, paths: readonly string[]): Promise<Map<string, string> | null> {
  for (const file of tree.files) {
    const ending = posix.extname(file.path).toLowerCase();
    if (ending !== '.csv' && ending !== '.tsv') continue;
    const bytes = await file.read();
    if (bytes.length > MOST_TABLE_BYTES) continue;
    const folder = posix.dirname(file.path) === '.' ? '' : `${posix.dirname(file.path)}/`;
    const found = labelsFromTable(tableRows(bytes, ending === '.tsv'), folder, paths);
    if (found) return found;
  }
  return null;
}

/** Values by line; a line with a wrong quote names nothing. */
function tableRows(bytes: Buffer, isTabbed: boolean): string[][] {
  const delimiter = (isTabbed ? '\t' : sniffDelimiter(bytes, true)).charCodeAt(0);
  const rows: string[][] = [];
  const start = bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? 3 : 0;
  const text = bytes.subarray(start);
  scanRecords(text, delimiter, true, { row: 1 }, (record) => {
    if (!record.problem && !record.blank) rows.push(recordValues(text, record, delimiter));
    return undefined;
  });
  return rows;
}

function columnsOf({ labels, nameParts }: SoundLabels, audio: NonNullable<ReadColumn['audio']>): ReadColumn[] {
  const plain = (name: string, type: ReadColumn['type']): ReadColumn => ({ name, type, image: null });
  return [
    { ...plain('sound', 'audio'), audio },
    ...(labels ? [plain('label', 'category')] : []),
    ...nameParts.map(({ number }) => plain(`name part ${number}`, 'category')),
    plain('file', 'text'),
    plain('seconds', 'number'),
  ];
}

/** By way of lines of JSON, in which a name may hold anything. */
async function writeRows(
  sounds: KeptSounds['sounds'],
  { labels, parts, nameParts }: SoundLabels,
  target: SourceTarget,
  context: SourceContext,
): Promise<void> {
  const texts = [...(labels ? [labels] : []), ...nameParts.map(({ values }) => values), sounds.map(({ path }) => path)];
  const plain = join(target.work, 'sounds.jsonl');
  const lines = sounds.map(({ seconds }, row) => {
    const cells = texts.map((values, at): [string, string | null] => [`c${at + 1}`, values[row] ?? null]);
    return JSON.stringify({ row, ...Object.fromEntries(cells), seconds, split: parts?.[row] ?? null });
  });
  await writeFile(plain, lines.map((line) => `${line}\n`).join(''));
  const names = texts.map((_, at) => `c${at + 1}`);
  const types = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const split = parts ? `, split AS ${identifier('_split')}` : '';
  await execute(
    `COPY (SELECT row AS _index, row AS c0, ${names.join(', ')}, seconds AS c${names.length + 1}${split} FROM read_json(
      ${literal(plain)}, format = 'newline_delimited', maximum_object_size = 4194304,
      columns = {'row': 'INTEGER', ${types}, 'seconds': 'DOUBLE', 'split': 'VARCHAR'}) ORDER BY row)
     TO ${literal(target.rows)} (FORMAT parquet, COMPRESSION zstd)`,
    context.signal,
  );
}

function notesOf({ leftOut, resampled }: KeptSounds, labels: SoundLabels): DatasetVersion['notes'] {
  const notes: DatasetVersion['notes'] = [];
  if (resampled > 0) notes.push({ code: 'sounds-resampled', parameters: { count: resampled } });
  if (labels.by === 'name') notes.push({ code: 'sounds-named', parameters: {} });
  if (labels.by === 'nothing') notes.push({ code: 'sounds-without-class', parameters: {} });
  for (const { file, reason } of leftOut.slice(0, MOST_TOLD)) {
    notes.push({ code: 'file-left-out', parameters: { file, reason } });
  }
  const untold = leftOut.length - MOST_TOLD;
  if (untold > 0) notes.push({ code: 'files-left-out-more', parameters: { count: untold } });
  return notes;
}
