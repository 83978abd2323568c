/** A folder of the person's disk as a tree: regular files alone, at their size when the folder was walked. */
import { constants } from 'node:fs';
import { open, opendir, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CodedError } from '../../contract';
import { deepestFolder, mostFileBytes, mostFiles, type SkippedFile, type Tree, type TreeFile } from '../tree';

/** @throws CodedError `tree-too-many-files`, `file-missing` */
export async function openFolder(root: string, signal: AbortSignal): Promise<Tree> {
  const files: TreeFile[] = [];
  const skipped: SkippedFile[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    signal.throwIfAborted();
    for await (const entry of await openTold(join(root, folder), folder === '' ? basename(root) : folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) skipped.push({ path, reason: new CodedError('tree-link', { file: path }) });
      else if (entry.isDirectory() && path.split('/').length <= deepestFolder) waiting.push(path);
      else if (entry.isFile()) files.push(new FolderFile(join(root, path), path));
      if (files.length > mostFiles)
        throw new CodedError('tree-too-many-files', { file: basename(root), most: mostFiles });
    }
  }
  return { files, skipped, close: () => Promise.resolve() };
}

async function openTold(path: string, name: string) {
  try {
    return await opendir(path);
  } catch (error) {
    throw new CodedError('file-missing', { file: name }, error);
  }
}

export class FolderFile implements TreeFile {
  readonly path: string;
  readonly #place: string;

  constructor(place: string, path: string) {
    this.#place = place;
    this.path = path;
  }

  /** A link that was put in the file's place since the walk is not followed. */
  async read(): Promise<Buffer> {
    let handle: FileHandle | null = null;
    try {
      handle = await open(this.#place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      const { size } = await handle.stat();
      if (size > mostFileBytes)
        throw new CodedError('tree-file-too-large', { file: this.path, most: mostFileBytes >> 20 });
      return await handle.readFile();
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw new CodedError('tree-file-unreadable', { file: this.path }, error);
    } finally {
      await handle?.close();
    }
  }
}
