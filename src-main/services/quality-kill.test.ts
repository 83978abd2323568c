/** The real job process, killed in both of its stages: the report before stays whole, the job is told as interrupted, and runs again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportResult, QualityInput } from '../contract';
import { readReport } from '../data/quality/report-file';
import { randomSource } from '../data/random';
import { buildJobEntry, forkJob } from './testing/launch';
import { Supervisor } from './supervisor';
import { getJob } from '../storage/jobs';
import { openLibrary, type Library } from '../storage/library';
import { getProject } from '../storage/projects';

let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let folder: string;
let library: Library;
let supervisor: Supervisor;
const children: ReturnType<typeof forkJob>[] = [];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/entry.ts');
  folder = mkdtempSync(join(tmpdir(), 'tandem-quality-kill-'));
  library = openLibrary(join(folder, 'library'), { role: 'owner' });
  const launch = () => {
    const child = forkJob(entry.file);
    children.push(child);
    return child;
  };
  supervisor = new Supervisor({ library, resources: folder, launch, log: silent });
}, 120_000);
afterAll(async () => {
  await supervisor.shutdown(100);
  library.close();
  rmSync(folder, { recursive: true, force: true });
  await entry.remove();
});

/** 8,000 rows, one of them twice. */
async function importTable(): Promise<QualityInput> {
  const random = randomSource(2);
  const rows = Array.from({ length: 8000 }, (_, row) => `${random()},${random()},${random()},${row % 2 ? 'a' : 'b'}`);
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['x,y,z,kind', ...rows, rows[3]].join('\n'));
  const input = { source: { kind: 'file', path }, name: null, target: 'kind' };
  const job = supervisor.start({ kind: 'import', input, subject: 'table', subjectId: null });
  const { versionId, projectId } = (await supervisor.result(job.id)) as ImportResult;
  return { versionId, setup: getProject(library.db, projectId).data };
}

function check(input: QualityInput): string {
  return supervisor.start({ kind: 'quality', input, subject: 'table', subjectId: input.versionId }).id;
}

test('a kill in either stage leaves the report that was there', async () => {
  const input = await importTable();
  await supervisor.result(check(input));
  const before = await readReport(library, input.versionId);
  expect(before?.findings.find(({ check: by }) => by === 'duplicates')?.rows).toEqual([8000]);
  for (const stage of ['model', 'check']) {
    const id = check(input);
    const child = children.at(-1)!;
    const end = supervisor.onChange((job) => {
      if (job.id === id && job.progress?.stage === stage) child.kill();
    });
    await expect(supervisor.result(id), stage).rejects.toMatchObject({
      code: expect.stringMatching(/^job-/) as string,
    });
    end();
    expect(getJob(library.db, id).state).toBe('interrupted');
    expect(await readReport(library, input.versionId)).toEqual(before);
  }
  await supervisor.result(check(input));
  const after = await readReport(library, input.versionId);
  expect(after?.findings).toEqual(before?.findings);
}, 180_000);
