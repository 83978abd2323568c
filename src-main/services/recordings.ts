/**
 * Recordings on their way to an import: one of each device at a time, each clip a WAV and each picture a JPEG file in the
 * library's temporary folder.
 */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CodedError, recordingDeviceSchema, type ContractHandlers } from '../contract';
import { hasEnd, pictureSize } from '../data/picture-header';
import { encodeWav } from '../data/sounds/wav-file';
import type { ServiceContext } from './context';

/** Handles are made here: what is none leads to no file. */
const HANDLE = /^[0-9a-f-]{36}$/;

/** Of a file that a model is tried with: more would keep main and window from answering while it is copied. */
const MOST_TRIED_SECONDS = 60;

export function recordingsService({ library, data, files, shell }: ServiceContext): ContractHandlers['recordings'] {
  const root = join(library.paths.temporary, 'recording');
  const folderOf = async (id: string): Promise<string> => {
    for (const device of HANDLE.test(id) ? recordingDeviceSchema.options : []) {
      const folder = join(root, device, id);
      if (await stat(folder).catch(() => null)) return folder;
    }
    throw new CodedError('recording-missing');
  };
  const keepFile = async (id: string, extension: string, bytes: Uint8Array): Promise<{ clip: string }> => {
    const folder = await folderOf(id);
    const clip = randomUUID();
    await writeFile(join(folder, `${clip}${extension}`), bytes);
    return { clip };
  };
  return {
    allowDevice({ device }) {
      if (!shell) throw new CodedError('call-unknown', { name: 'recordings.allowDevice' });
      shell.allowDevice(device);
    },
    async begin({ device }) {
      const id = randomUUID();
      await mkdir(join(root, device, id), { recursive: true });
      return { id };
    },
    keep: ({ id, rate, samples }) => keepFile(id, '.wav', encodeWav(samples, rate)),
    async keepPicture({ id, picture }) {
      const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
      const isJpeg = bytes[0] === 0xff && pictureSize(bytes) !== null && hasEnd(bytes);
      if (!isJpeg) throw new CodedError('picture-damaged', { file: 'recording.jpg' });
      return keepFile(id, '.jpg', bytes);
    },
    async readFile({ file }) {
      const { rate, samples } = await data.soundFile(files.path(file));
      return { rate, samples: middleOf(samples, MOST_TRIED_SECONDS * rate) };
    },
    async finish({ id, name, clips }) {
      const folder = await folderOf(id);
      const kept = await keptFiles(folder);
      // What separates names of folders is no part of a folder's; so that it can be done again, clips stay where they are.
      const set = join(folder, name.replaceAll(/[/\\:\0]/g, ' ').replace(/^\.+$/, ' '));
      await rm(set, { recursive: true, force: true });
      const named = clips.map((clip, at) => {
        const file = kept.get(clip.clip);
        if (file === undefined) throw new CodedError('recording-missing');
        return { ...clip, from: file, to: `recording-${String(at + 1).padStart(4, '0')}${extname(file)}` };
      });
      await mkdir(set);
      await writeFile(join(set, 'labels.csv'), tableOf(id, named));
      for (const { from, to } of named) await copyFile(join(folder, from), join(set, to));
      return { file: files.grant(set), name };
    },
  };
}

/** As preparation does, so that a model hears the same; the copy is as long as what is kept. */
function middleOf(samples: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const start = Math.max(0, Math.floor((samples.length - length) / 2));
  return new Float32Array(samples.subarray(start, start + length));
}

/** Each clip's file by its handle. */
async function keptFiles(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder);
  return new Map(names.map((name) => [name.slice(0, -extname(name).length), name]));
}

interface NamedClip {
  readonly to: string;
  readonly label: string;
  readonly take?: number | undefined;
}

/** File and class of each clip, and which recording it is of where that is known: unlike those of any other time. */
function tableOf(id: string, clips: readonly NamedClip[]): string {
  const hasTakes = clips.some(({ take }) => take !== undefined);
  const lines = clips.map(({ to, label, take }) => {
    const cells = [to, `"${label.replaceAll('"', '""')}"`];
    return `${[...cells, ...(hasTakes ? [`${id.slice(0, 4)}-${take ?? 0}`] : [])].join(',')}\n`;
  });
  return `file,label${hasTakes ? ',recording' : ''}\n${lines.join('')}`;
}
