/** Previews of augmentations from a process of their own, as the app asks for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  AugmentationPreview,
  AugmentedPictures,
  ContractHandlers,
  DataSetup,
  ImportResult,
  RpcReply,
} from '../contract';
import { getVersion } from '../storage/datasets';
import { openLibrary, type Library } from '../storage/library';
import { getProject } from '../storage/projects';
import { call } from './call';
import { readHere } from './data-reader';
import { GrantedFiles } from './files';
import { createServices } from './index';
import { Supervisor } from './supervisor';
import { buildJobEntry, forkJob } from './testing/launch';

let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let folder: string;
let library: Library;
let supervisor: Supervisor;
let handlers: ContractHandlers;
let setup: DataSetup;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const children: ReturnType<typeof forkJob>[] = [];

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/entry.ts');
  folder = mkdtempSync(join(tmpdir(), 'tandem-augment-'));
  library = openLibrary(join(folder, 'library'));
  const resources = resolve(import.meta.dirname, '../../resources');
  const launch = () => {
    const child = forkJob(entry.file);
    children.push(child);
    return child;
  };
  supervisor = new Supervisor({ library, resources, launch, log: silent });
  const notify = () => undefined;
  const files = new GrantedFiles();
  handlers = createServices({ library, supervisor, data: readHere(library), resources, files, notify });
  const input = { source: { kind: 'sample', id: 'digits-small' }, name: null, target: null };
  const job = supervisor.start({ kind: 'import', input, subject: 'digits', subjectId: null });
  const { projectId } = (await supervisor.result(job.id)) as ImportResult;
  const { data } = getProject(library.db, projectId);
  if (!data) throw new Error('The import proposed nothing');
  setup = data;
}, 120_000);
afterAll(async () => {
  await supervisor.shutdown(100);
  library.close();
  rmSync(folder, { recursive: true, force: true });
  await entry.remove();
});

const size = 28 * 28;

function preview(changes: Partial<AugmentationPreview> = {}): Promise<RpcReply> {
  const augmentation = [{ type: 'flip', fields: { probability: 1 } }];
  const asked: AugmentationPreview = { setup, sample: 0, augmentation, seed: 1, step: 0, ...changes };
  return call(handlers, 'augmentation.preview', asked);
}

async function answerOf(changes: Partial<AugmentationPreview> = {}) {
  const reply = await preview(changes);
  if (!reply.ok) throw new Error(reply.error.code);
  const { pixels, row, label, ...shape } = reply.value as AugmentedPictures;
  expect(shape).toEqual({ height: 28, width: 28, channels: 1 });
  expect(pixels).toHaveLength(9 * size);
  return { row, label, pictures: Array.from({ length: 9 }, (_, i) => pixels.slice(i * size, (i + 1) * size)) };
}
const pixelsOf = async (changes?: Partial<AugmentationPreview>) => (await answerOf(changes)).pictures;

test('the picture of a training row as it is, then as it is changed', async () => {
  const version = getVersion(library.db, setup.versionId);
  const training = await readHere(library).rows(version, {
    setup,
    part: 'training',
    label: null,
    search: '',
    offset: 0,
    limit: 800,
  });
  const labels = new Map(training.rows.map(({ index, values }) => [index, values]));
  for (const sample of [0, 1, 2]) {
    const { row, label, pictures } = await answerOf({ sample });
    expect(labels.get(row)?.map(String)).toContain(label);
    const [own, ...variants] = pictures;
    const source = await readHere(library).pictures(version, 'image', [row]);
    expect(own).toEqual(source.pixels);
    const mirrored = own?.map((_, i) => own[i - (i % 28) + 27 - (i % 28)] ?? NaN);
    for (const variant of variants) expect(variant).toEqual(mirrored);
  }
}, 120_000);

test('without anything chosen the variants are the picture', async () => {
  const [own, ...variants] = await pixelsOf({ augmentation: [] });
  for (const variant of variants) expect(variant).toEqual(own);
});

test('what cannot be shown is refused by its code, and the process answers on', async () => {
  const codeOf = async (changes: Partial<AugmentationPreview>) => {
    const reply = await preview(changes);
    return reply.ok ? null : reply.error.code;
  };
  expect(await codeOf({ setup: { ...setup, versionId: 'nobody' } })).toBe('not-found');
  expect(await codeOf({ setup: { ...setup, types: { image: 'ignored' } } })).toBe('column-without-pictures');
  expect(await codeOf({ augmentation: [{ type: 'melt', fields: {} }] })).toBe('definition-unknown');
  expect(await codeOf({ augmentation: [{ type: 'rotate', fields: { degrees: 999 } }] })).toBe('field-invalid');
  expect(await codeOf({ step: -1 })).toBe('call-invalid');
  expect(await codeOf({})).toBeNull();
});

test('one process for all, that no list of jobs shows, and another where it was killed', async () => {
  await pixelsOf();
  const running = supervisor.running().filter(({ kind }) => kind === 'augment');
  expect(running).toHaveLength(1);
  const listed = (await handlers.jobs.list()) as { kind: string }[];
  expect(listed.map(({ kind }) => kind)).toEqual(['import']);
  const gone = supervisor.result(running[0]!.id).catch((error: unknown) => error);
  children.at(-1)!.kill();
  expect(await gone).toMatchObject({ code: 'job-killed' });
  await pixelsOf();
}, 120_000);
