/** What the paths of a tree say: the kind of file, the part of the split, the class. */
import type { SplitPart } from '../contract';

const PICTURE = /\.(jpe?g|png|webp|gif|bmp)$/i;
const SOUND = /\.(wave?|mp3|flac|og[ga]|opus)$/i;
const TABLE = /\.(csv|tsv|json|jsonl|ndjson|xlsx|parquet)$/i;
/** Folders by the names that people and tools give them. */
const PARTS: readonly [SplitPart, RegExp][] = [
  ['training', /^(train|training|train2\d{3})$/i],
  ['validation', /^(val|valid|validation|dev|val2\d{3})$/i],
  ['test', /^(test|testing|test2\d{3})$/i],
];

export function isPicture(path: string): boolean {
  return PICTURE.test(path);
}

export function isSound(path: string): boolean {
  return SOUND.test(path);
}

/** Whether files are sounds for the most part: covers and spectra lie beside them as pictures. */
export function areSounds(paths: readonly string[]): boolean {
  const sounds = paths.filter(isSound).length;
  return sounds > 0 && sounds >= paths.filter(isPicture).length;
}

export function isTable(path: string): boolean {
  return TABLE.test(path);
}

/** `a/b/c.jpg` → `c.jpg` */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `a/b/c.jpg` → `c` */
export function stem(path: string): string {
  return fileName(path).replace(/\.[^.]+$/, '');
}

/** The part that one of a path's folders names; null where none does. */
export function partOf(path: string): SplitPart | null {
  const folders = path.split('/').slice(0, -1);
  for (const [part, name] of PARTS) if (folders.some((folder) => name.test(folder))) return part;
  return null;
}

/**
 * Whether parts that folders name divide the data: test rows beside others, or validation rows beside those for training.
 * A folder "dev" alone may be a class.
 */
export function divides(parts: ReadonlySet<SplitPart | null>): boolean {
  return (parts.has('test') && parts.size > 1) || (parts.has('validation') && parts.has('training'));
}

/** The folders that a file lies in, less one that names a part: `train/pets/cat/1.jpg` → `pets/cat`; null where none is left. */
export function classOf(path: string): string | null {
  const folders = path.split('/').slice(0, -1);
  const named = folders.filter((folder) => !PARTS.some(([, name]) => name.test(folder)));
  return named.length > 0 ? named.join('/') : null;
}
