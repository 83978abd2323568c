/** The job that looks for duplicates: what it finds is there for the next question; a cancel leaves nothing. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { comparedColumns, readDuplicates } from '../../data/duplicates/find';
import { versionFolder } from '../../data/paths';
import { getVersion } from '../../storage/datasets';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import type { JobContext } from '../definition';
import { duplicatesJob } from './duplicates';
import { importJob } from './import';

let folder: string;
let library: Library;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-duplicates-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function contextWith(signal: AbortSignal, stages: string[] = []): JobContext {
  const nothing = () => undefined;
  const progress: JobContext['progress'] = ({ stage }) => void stages.push(stage);
  const others = { live: nothing, state: nothing, onCommand: nothing, onAsk: nothing };
  return { jobId: 'job-1', library, resources: folder, signal, progress, ...others };
}

async function importTable() {
  const path = join(folder, 'table.csv');
  const lines = Array.from({ length: 80 }, (_, row) => `${row % 40},${row % 3 ? 'a' : 'b'}`);
  writeFileSync(path, ['height,kind', ...lines].join('\n'));
  const source = { kind: 'file', path } as const;
  const { signal } = new AbortController();
  const { versionId, projectId } = (await importJob.run(
    { source, name: null, target: 'kind' },
    contextWith(signal),
  )) as {
    versionId: string;
    projectId: string;
  };
  const version = getVersion(library.db, versionId);
  return { version, columns: comparedColumns(version, getProject(library.db, projectId).data!) };
}

test('what it finds is kept with the version', async () => {
  const { version, columns } = await importTable();
  const stages: string[] = [];
  const { signal } = new AbortController();
  await duplicatesJob.run({ versionId: version.id, columns }, contextWith(signal, stages));
  const found = await readDuplicates(library, version, columns);
  expect([...found!.exact]).toEqual(Array.from({ length: 80 }, (_, row) => row % 40));
  expect(stages).toContain('rows');
});

test('a cancel leaves nothing', async () => {
  const { version, columns } = await importTable();
  const signal = AbortSignal.abort(new Error('cancelled'));
  const work = duplicatesJob.run({ versionId: version.id, columns }, contextWith(signal));
  await expect(work).rejects.toThrow('cancelled');
  expect(readdirSync(versionFolder(library, version.id))).toEqual(['rows.parquet']);
});
