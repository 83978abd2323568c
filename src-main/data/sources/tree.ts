/** A folder, or a zip of one: opened as a tree and read by the first of `tree-sources/` that knows what it holds. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { CodedError } from '../../contract';
import { beginsAs } from '../file-heads';
import { listTree, openTree } from '../open-tree';
import { refuseReading } from '../reading-choices';
import type { SourceContext, SourceDefinition, SourceFile } from '../source';
import type { Tree } from '../tree';
import { treeSources } from '../tree-source';

export const definition: SourceDefinition = {
  id: 'tree',
  label: { en: 'Folder or zip', zh: '文件夹或 zip' },
  extensions: ['.zip'],
  recognise: (_path, head) => beginsAs('zip', head),
  choices: ['table', 'header', 'delimiter'],
  companions: async (path) => [path],
  async hash(files, context) {
    const [only] = files;
    return files.length === 1 && only && !(await isFolder(only.path)) ? null : hashTree(files, context);
  },
  async tables(files, _work, context) {
    const tree = await openFiles(files, context);
    try {
      const source = treeSources.find((each) => each.recognise(tree));
      return (await source?.tables?.(tree, context)) ?? [];
    } finally {
      await tree.close();
    }
  },
  async read(files, target, context) {
    const [file] = files;
    if (!file) throw new CodedError('file-missing', { file: '' });
    const tree = await openFiles(files, context);
    try {
      for (const { path, reason } of tree.skipped) context.leaveOut({ file: path }, reason);
      for (const source of treeSources) {
        if (!source.recognise(tree)) continue;
        const read = await source.read(tree, file.name, target, context);
        if (!read) continue;
        // Of a table inside, that table's own source has said what may be asked.
        if (source.id !== 'tables') refuseReading({}, file.name, context.reading);
        return read;
      }
      throw new CodedError('tree-unknown', { file: file.name });
    } finally {
      await tree.close();
    }
  },
};

function openFiles(files: readonly SourceFile[], { signal }: SourceContext): Promise<Tree> {
  const [only] = files;
  return files.length === 1 && only ? openTree(only.path, signal) : Promise.resolve(listTree(files));
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/** Of the files' names and bytes, as the names of folders are what is learned. */
async function hashTree(files: readonly SourceFile[], context: SourceContext): Promise<string> {
  const tree = await openFiles(files, context);
  const hash = createHash('sha256');
  try {
    for (const [index, file] of tree.files.entries()) {
      context.signal.throwIfAborted();
      context.progress({ stage: 'hash', done: index, total: tree.files.length, unit: 'files' });
      const bytes = await file.read().catch(() => Buffer.alloc(0));
      hash.update(`${file.path}\n${bytes.length}\n`).update(bytes);
    }
    return hash.digest('hex');
  } finally {
    await tree.close();
  }
}
