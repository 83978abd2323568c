/**
 * Pictures and sounds of two versions in one blob, those of the base first, so that its rows find theirs where they were. A
 * column has one blob, so the base's bytes are written once more; deleting the older version gives them back.
 */
import { open, stat } from 'node:fs/promises';
import { CodedError, type Column } from '../../contract';
import { BlobWriter } from '../blob-writer';
import { PackReader, PackWriter } from '../pack';
import { blobFile, type LibraryPaths } from '../paths';
import { frameOne } from '../picture-intake';
import type { SourceContext } from '../source';
import { decodeClip, encodeClip } from '../sounds/clip';
import { resample } from '../sounds/resample';

type Image = NonNullable<Column['image']>;
type Audio = NonNullable<Column['audio']>;

/** One of the two sides: its column's facts, and where its blobs lie. */
interface Side<Facts> {
  readonly library: LibraryPaths;
  readonly facts: Facts;
}

export interface Merging {
  readonly dataset: string;
  /** Where the new blobs are written. */
  readonly blobs: string;
  readonly context: SourceContext;
}

export interface Merged<Facts> {
  readonly facts: Facts;
  /** What an added row's place becomes greater by. */
  readonly offset: number;
  /** Bytes of the base's that were written once more. */
  readonly copied: number;
}

const STREAMED = 4 << 20;

/** @throws CodedError `append-pictures-differ`; the signal's reason */
export async function mergePictures(base: Side<Image>, added: Side<Image>, merging: Merging): Promise<Merged<Image>> {
  const { facts } = base;
  const path = blobFile(base.library, facts.blob);
  const { size } = await stat(path);
  const offset = size / (facts.height * facts.width * facts.channels);
  const keepsOriginals = facts.originals !== undefined;
  if (keepsOriginals && added.facts.originals === undefined) {
    throw new CodedError('append-pictures-differ', { dataset: merging.dataset });
  }
  const output = await BlobWriter.create(merging.blobs);
  try {
    for await (const bytes of streamFile(path, STREAMED, merging.context)) await output.append(bytes);
    for await (const pixels of framedLike(facts, added, merging)) await output.append(pixels);
    const blob = await output.finish();
    if (!keepsOriginals) return { facts: { ...facts, blob }, offset, copied: size };
    const originals = await mergeOriginals(base, added, merging.blobs);
    const copied = size + (await stat(blobFile(base.library, facts.originals ?? ''))).size;
    return { facts: { ...facts, blob, originals }, offset, copied };
  } catch (error) {
    await output.discard();
    throw error;
  }
}

async function mergeOriginals(base: Side<Image>, added: Side<Image>, blobs: string): Promise<string> {
  const pack = await PackWriter.create(blobs);
  for (const { library, facts } of [base, added]) {
    const reader = await PackReader.open(blobFile(library, facts.originals ?? ''));
    try {
      await pack.appendAll(reader);
    } finally {
      await reader.close();
    }
  }
  return pack.finish();
}

/** The added pictures' pixels in the size and channels of the base's. */
async function* framedLike(
  wanted: Image,
  { library, facts }: Side<Image>,
  { dataset, context }: Merging,
): AsyncGenerator<Uint8Array> {
  const { height, width, channels } = wanted;
  if (facts.height === height && facts.width === width) {
    // Whole pixels, so that channels can be changed piece by piece.
    const piece = STREAMED - (STREAMED % facts.channels);
    for await (const pixels of streamFile(blobFile(library, facts.blob), piece, context)) {
      yield withChannels(pixels, facts.channels, channels);
    }
    return;
  }
  if (facts.originals === undefined) throw new CodedError('append-pictures-differ', { dataset });
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const canvas = createCanvas(width, height).getContext('2d');
  canvas.imageSmoothingQuality = 'high';
  const pack = await PackReader.open(blobFile(library, facts.originals));
  try {
    for (let place = 0; place < pack.count; place += 1) {
      context.signal.throwIfAborted();
      const picture = await loadImage(await pack.read(place)).catch(() => null);
      yield withChannels(frameOne(canvas, picture, wanted).pixels, 3, channels);
      context.progress({ stage: 'pictures', done: place + 1, total: pack.count, unit: 'pictures' });
    }
  } finally {
    await pack.close();
  }
}

/** Grey as three equal channels, or colour as its brightness (Rec. 601). */
export function withChannels(pixels: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return pixels;
  if (to === 3) return Uint8Array.from({ length: 3 * pixels.length }, (_, at) => pixels[Math.floor(at / 3)] ?? 0);
  return Uint8Array.from({ length: pixels.length / from }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(from * pixel, from * pixel + 3);
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
}

/** Sounds of another rate are converted to the base's. @throws CodedError `pack-damaged`; the signal's reason */
export async function mergeSounds(base: Side<Audio>, added: Side<Audio>, merging: Merging): Promise<Merged<Audio>> {
  const { rate } = base.facts;
  const output = await PackWriter.create(merging.blobs);
  const [first, second] = [
    await PackReader.open(blobFile(base.library, base.facts.blob)),
    await PackReader.open(blobFile(added.library, added.facts.blob)),
  ];
  try {
    await output.appendAll(first);
    if (added.facts.rate === rate) await output.appendAll(second);
    for (let place = 0; added.facts.rate !== rate && place < second.count; place += 1) {
      merging.context.signal.throwIfAborted();
      const clip = decodeClip(await second.read(place));
      await output.append(encodeClip(resample(clip, added.facts.rate, rate)));
    }
    const channels = Math.max(base.facts.channels, added.facts.channels);
    const copied = (await stat(blobFile(base.library, base.facts.blob))).size;
    return { facts: { rate, channels, blob: await output.finish() }, offset: first.count, copied };
  } catch (error) {
    await output.discard();
    throw error;
  } finally {
    await first.close();
    await second.close();
  }
}

async function* streamFile(path: string, piece: number, { signal }: SourceContext): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    for (;;) {
      signal.throwIfAborted();
      const { buffer, bytesRead } = await file.read(new Uint8Array(piece), 0, piece);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
