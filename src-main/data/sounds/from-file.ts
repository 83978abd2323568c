/** A person's sound file → its sound. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CodedError } from '../../contract';
import { decodeSound } from './decode';
import { mostBytes, mostSeconds, soundError, type Sound } from './sound';

/** @throws CodedError `file-missing` and as `decodeSound` */
export async function readSoundFile(path: string): Promise<Sound> {
  const limits = { file: basename(path), mostSeconds };
  const size = await stat(path).then(
    (entry) => (entry.isFile() ? entry.size : null),
    () => null,
  );
  if (size === null) throw new CodedError('file-missing', { file: limits.file });
  if (size > mostBytes) throw soundError('sound-too-large', limits);
  return decodeSound(await readFile(path), limits);
}
