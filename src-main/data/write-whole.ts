/** A small file that is written whole or not at all. */
import { rename, rm, writeFile } from 'node:fs/promises';

/** What was there before stays until the new one is there, on the disk. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, content, { flush: true });
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
