/** Files that are to outlast a power cut. */
import { open } from 'node:fs/promises';

/** Flushes files to disk. @returns their bytes. */
export async function flushed(files: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of files) {
    const file = await open(path, 'r+');
    try {
      await file.sync();
      bytes += (await file.stat()).size;
    } finally {
      await file.close();
    }
  }
  return bytes;
}
