/** Opens a person's folder or zip file as a tree, without what systems put beside a person's files. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CodedError } from '../contract';
import type { SourceFile } from './source';
import type { Tree, TreeFile } from './tree';
import { FolderFile, openFolder } from './trees/folder';
import { openZip } from './trees/zip';

/**
 * @param path of a folder or a zip file.
 * @throws CodedError `file-missing`, `tree-too-many-files`, `zip-damaged`
 */
export async function openTree(path: string, signal: AbortSignal): Promise<Tree> {
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    (error: unknown) => {
      throw new CodedError('file-missing', { file: basename(path) }, error);
    },
  );
  const tree = isFolder ? await openFolder(path, signal) : await openZip(path, signal);
  const files = tree.files.filter((file) => !isClutter(file.path));
  files.sort(byPath);
  const skipped = tree.skipped.filter((file) => !isClutter(file.path));
  return { files: withoutRoot(files), skipped, close: () => tree.close() };
}

/** Files that were dropped together, by their names; of two with one name the first. */
export function listTree(files: readonly SourceFile[]): Tree {
  const byName = new Map<string, TreeFile>();
  for (const { path, name } of files) if (!byName.has(name)) byName.set(name, new FolderFile(path, name));
  return { files: [...byName.values()].sort(byPath), skipped: [], close: () => Promise.resolve() };
}

function byPath(one: TreeFile, other: TreeFile): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}

/** What systems put beside a person's files, and hidden files: not worth a word. */
function isClutter(path: string): boolean {
  return path.split('/').some((name) => /^\.[^.]/.test(name) || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(name));
}

/** Archives mostly hold one folder, which says nothing. */
function withoutRoot(files: readonly TreeFile[]): TreeFile[] {
  const first = files[0]?.path ?? '';
  const root = first.slice(0, first.indexOf('/') + 1);
  // A folder of this name says which part the rows belong to, or is the one class there is.
  const speaks = root === '' || /^(train|test|val)/i.test(root) || files.every(({ path }) => depth(path) === 1);
  if (speaks || !files.every((file) => file.path.startsWith(root))) return [...files];
  return withoutRoot(files.map((file) => ({ path: file.path.slice(root.length), read: () => file.read() })));
}

function depth(path: string): number {
  return path.split('/').length - 1;
}
