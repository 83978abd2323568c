/** How pictures become inputs: which sizes they have before and after, and what the network's arithmetic does to their pixels. */
import { applyChain, type Normalization, type PictureValues } from '../catalog';
import type { DatasetVersion, FittedStep, Shape } from '../contract';
import type { LibraryPaths } from './paths';
import { readPictures } from './pictures';
import type { Preparation } from './prepared';
import { TRAINING } from './split';
import type { DividedRows } from './target';

/** Steps learn from as many training pictures as these bytes hold, evenly over all. */
const MOST_LEARNT_BYTES = 16 * 2 ** 20;

export interface PictureRecipe {
  readonly column: string;
  /** Height, width and channels as they lie in the blob. */
  readonly stored: Shape;
  /** As the network takes them. */
  readonly shape: Shape;
  readonly scale: number;
  readonly steps: readonly FittedStep[];
  readonly normalization: Normalization | null;
}

/** What stands for pictures without chosen steps. */
const usual: readonly FittedStep[] = [{ type: 'pixel-range', fields: {}, fitted: { normalization: null } }];

/** Null for a table. */
export function pictureRecipe({ inputs: [first] }: Pick<Preparation, 'inputs'>): PictureRecipe | null {
  if (first?.kind === 'pictures') return first;
  return first?.kind === 'pixels' ? { ...first, stored: first.shape, steps: usual, normalization: null } : null;
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Pictures as they lie in a blob. */
export function storedPictures([height = 1, width = 1, channels = 1]: Shape, pixels: Uint8Array): PictureValues {
  return { kind: 'pictures', height, width, channels, pixels, normalization: null };
}

/** One black picture, for asking steps what they make of its size. */
export function blackPicture(stored: Shape): PictureValues {
  return storedPictures(stored, new Uint8Array(sizeOf(stored)));
}

/** Whether the network takes the pixels as they lie in the blob. */
export function keepsPixels({ steps, stored }: PictureRecipe): boolean {
  const black = blackPicture(stored);
  return changed(steps, black).pixels === black.pixels;
}

/** Pixels as stored → as the network takes them. */
export function changePixels({ steps, stored }: PictureRecipe, pixels: Uint8Array): Uint8Array {
  return changed(steps, storedPictures(stored, pixels)).pixels;
}

/** @throws Error where a step makes something else of pictures, which no definition does */
export function changed(steps: readonly FittedStep[], pictures: PictureValues): PictureValues {
  const made = applyChain(steps, pictures);
  if (made.kind !== 'pictures') throw new Error('Steps of pictures ended in something else');
  return made;
}

/** @param most pictures at most, evenly over all. @throws CodedError as `readPictures` */
export async function readTrainingPictures(
  library: LibraryPaths,
  version: DatasetVersion,
  { parts }: Pick<DividedRows, 'parts'>,
  { column, stored }: Pick<PictureRecipe, 'column' | 'stored'>,
  most = Math.max(1, Math.floor(MOST_LEARNT_BYTES / sizeOf(stored))),
): Promise<PictureValues> {
  const training: number[] = [];
  for (const [row, part] of parts.entries()) if (part === TRAINING) training.push(row);
  const every = Math.ceil(training.length / most);
  const rows = training.filter((_, place) => place % every === 0);
  return storedPictures(stored, (await readPictures(library, version, column, rows)).pixels);
}
