/** Networks read from and written to files. A file is read only up to a size, and written whole or not at all. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { networkFileText, readNetworkText } from '../catalog';
import { CodedError, networkFileLimit, type NetworkSpec, type ReadNetwork } from '../contract';
import { writeWhole } from '../data/write-whole';

/** @throws CodedError `file-missing`, `network-file-invalid` and the others of `readNetworkText`. */
export async function readNetworkFile(path: string): Promise<ReadNetwork> {
  return readNetworkText(await readNetworkFileText(path), basename(path));
}

/** @throws CodedError `file-missing`, `network-file-invalid` for one larger than `networkFileLimit`. */
export async function readNetworkFileText(path: string): Promise<string> {
  const file = basename(path);
  try {
    const { size } = await stat(path);
    if (size > networkFileLimit) {
      const detail = `it has ${size} bytes; a network has ${networkFileLimit} at most`;
      throw new CodedError('network-file-invalid', { file, detail });
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('file-missing', { file }, error);
  }
}

export function writeNetworkFile(path: string, network: NetworkSpec): Promise<void> {
  return writeWhole(path, networkFileText(network));
}
