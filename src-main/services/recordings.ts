/** Recordings on their way to an import: one at a time, each clip a WAV file in the library's temporary folder. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, type ContractHandlers } from '../contract';
import { encodeWav } from '../data/sounds/wav-file';
import type { ServiceContext } from './context';

/** Handles are made here: what is none leads to no file. */
const HANDLE = /^[0-9a-f-]{36}$/;

export function recordingsService({ library, files, shell }: ServiceContext): ContractHandlers['recordings'] {
  const root = join(library.paths.temporary, 'recording');
  const folderOf = async (id: string): Promise<string> => {
    const folder = join(root, id);
    const isThere = HANDLE.test(id) && (await stat(folder).catch(() => null)) !== null;
    if (!isThere) throw new CodedError('recording-missing');
    return folder;
  };
  return {
    allowMicrophone() {
      if (!shell) throw new CodedError('call-unknown', { name: 'recordings.allowMicrophone' });
      shell.allowMicrophone();
    },
    async begin() {
      await rm(root, { recursive: true, force: true });
      const id = randomUUID();
      await mkdir(join(root, id), { recursive: true });
      return { id };
    },
    async keep({ id, rate, samples }) {
      const folder = await folderOf(id);
      const clip = randomUUID();
      await writeFile(join(folder, `${clip}.wav`), encodeWav(samples, rate));
      return { clip };
    },
    async finish({ id, name, clips }) {
      const folder = await folderOf(id);
      if (!clips.every(({ clip }) => HANDLE.test(clip))) throw new CodedError('recording-missing');
      // What separates names of folders is no part of a folder's; so that it can be done again, clips stay where they are.
      const set = join(folder, name.replaceAll(/[/\\:\0]/g, ' ').replace(/^\.+$/, ' '));
      await rm(set, { recursive: true, force: true });
      await mkdir(set);
      const lines = clips.map(({ label }, at) => `${fileName(at)},"${label.replaceAll('"', '""')}"\n`);
      await writeFile(join(set, 'labels.csv'), `file,label\n${lines.join('')}`);
      for (const [at, { clip }] of clips.entries())
        await copyFile(join(folder, `${clip}.wav`), join(set, fileName(at)));
      return { file: files.grant(set), name };
    },
  };
}

function fileName(at: number): string {
  return `recording-${String(at + 1).padStart(4, '0')}.wav`;
}
