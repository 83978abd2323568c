/** A folder of the person's disk as a tree: regular files alone, at their size when the folder was walked. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
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

/** Milliseconds of reading after which what else waits (a cancel, the progress) gets its turn. */
const TURN_MS = 20;
let turnBegan = 0;

export class FolderFile implements TreeFile {
  readonly path: string;
  readonly #place: string;

  constructor(place: string, path: string) {
    this.#place = place;
    this.path = path;
  }

  /**
   * A link that was put in the file's place since the walk is not followed. The calls are not asynchronous: of thousands of
   * small files each would wait longer for its four answers than for the disk.
   */
  async read(): Promise<Buffer> {
    if (performance.now() - turnBegan > TURN_MS) {
      await nextTurn();
      turnBegan = performance.now();
    }
    let file: number | null = null;
    try {
      file = openSync(this.#place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      if (fstatSync(file).size > mostFileBytes)
        throw new CodedError('tree-file-too-large', { file: this.path, most: mostFileBytes >> 20 });
      return readFileSync(file);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw new CodedError('tree-file-unreadable', { file: this.path }, error);
    } finally {
      if (file !== null) closeSync(file);
    }
  }
}
