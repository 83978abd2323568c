/** Recordings: clips kept as files, handed over with their classes, and no name leads out of their folder. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeSound } from '../data/sounds/decode';
import type { ServiceContext } from './context';
import { GrantedFiles } from './files';
import { recordingsService } from './recordings';

let folder: string;
let files: GrantedFiles;
let service: ReturnType<typeof recordingsService>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-recordings-'));
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  files = new GrantedFiles();
  service = recordingsService({ library: { paths: { temporary } }, files } as unknown as ServiceContext);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clipOf = (value: number) => new Uint8Array(Int16Array.of(value, -value, value, 0).buffer);

async function recorded() {
  const { id } = await service.begin({ device: 'microphone' });
  const clips = [];
  for (const value of [1000, 2000, 3000])
    clips.push((await service.keep({ id, rate: 16_000, samples: clipOf(value) })).clip);
  return { id, clips };
}

test('chosen clips lie beside a table of their classes, whatever those are called', async () => {
  const { id, clips } = await recorded();
  const labels = ['a, "b"', 'two\nlines', '../up'];
  const chosen = clips.map((clip, at) => ({ clip, label: labels[at]! }));
  const { file, name } = await service.finish({ id, name: 'My/../set', clips: [chosen[2]!, chosen[0]!] });
  const path = files.path(file);
  expect(name).toBe('My/../set');
  expect(dirname(dirname(path))).toBe(join(folder, 'tmp', 'recording', 'microphone'));
  expect(readdirSync(path).sort()).toEqual(['labels.csv', 'recording-0001.wav', 'recording-0002.wav']);
  expect(readFileSync(join(path, 'labels.csv'), 'utf8')).toBe(
    'file,label\nrecording-0001.wav,"../up"\nrecording-0002.wav,"a, ""b"""\n',
  );
  const { rate, samples } = await decodeSound(readFileSync(join(path, 'recording-0001.wav')), {
    file: '',
    mostSeconds: 1,
  });
  expect(rate).toBe(16_000);
  expect([...samples].map((sample) => sample * 32_768)).toEqual([3000, -3000, 3000, 0]);
});

test('it can be handed over again, as after an import that was cancelled', async () => {
  const { id, clips } = await recorded();
  const wanted = { id, name: 'set', clips: clips.map((clip) => ({ clip, label: 'a' })) };
  await service.finish(wanted);
  const { file } = await service.finish(wanted);
  expect(readdirSync(files.path(file))).toHaveLength(4);
});

test('a clip is of its own recording alone, and handles that are none are refused', async () => {
  const { id, clips } = await recorded();
  await service.begin({ device: 'microphone' });
  const refused = { code: 'recording-missing' };
  await expect(service.keep({ id: '../..', rate: 16_000, samples: clipOf(1) })).rejects.toMatchObject(refused);
  const next = await service.begin({ device: 'microphone' });
  const outside = [{ clip: `../${id}/${clips[0]}`, label: 'a' }];
  await expect(service.finish({ id: next.id, name: 'set', clips: outside })).rejects.toMatchObject(refused);
});

test('pictures are kept as they came, with the recording that each is of, beside a recording of sounds', async () => {
  const sounds = await recorded();
  const { id } = await service.begin({ device: 'camera' });
  const canvas = createCanvas(8, 8);
  canvas.getContext('2d').fillRect(2, 2, 4, 4);
  const picture = new Uint8Array(canvas.toBuffer('image/jpeg'));
  const { clip } = await service.keepPicture({ id, picture });
  await expect(service.keepPicture({ id, picture: picture.slice(0, -20) })).rejects.toMatchObject({
    code: 'picture-damaged',
  });
  const { file } = await service.finish({ id, name: 'hands', clips: [{ clip, label: 'fist', take: 2 }] });
  const path = files.path(file);
  expect(readFileSync(join(path, 'labels.csv'), 'utf8')).toBe(
    `file,label,recording\nrecording-0001.jpg,"fist",${id.slice(0, 4)}-2\n`,
  );
  expect(new Uint8Array(readFileSync(join(path, 'recording-0001.jpg')))).toEqual(picture);
  const clips = sounds.clips.map((one) => ({ clip: one, label: 'a' }));
  expect((await service.finish({ id: sounds.id, name: 'set', clips })).name).toBe('set');
});
