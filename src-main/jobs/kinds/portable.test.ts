/** Runs and projects through a file into another library: the same scores bit for bit there, and hostile files refused whole. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { generator } from '../../catalog/random';
import { CodedError, type ExportPortableResult, type ImportPortableResult, type PortableSubject } from '../../contract';
import { getVersion } from '../../storage/datasets';
import { appendEdits, listEdits } from '../../storage/edits';
import { evaluatedRows, getEvaluation } from '../../storage/evaluations';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { readProbe } from '../../storage/probes';
import { getProject, listProjects } from '../../storage/projects';
import { createRun, getRun, listRuns, runHistory } from '../../storage/runs';
import { markRuns, tagsOf } from '../../storage/run-summaries';
import type { JobContext } from '../definition';
import { exportPortableJob } from './export-portable';
import { importJob } from './import';
import { importPortableJob } from './import-portable';
import { predictJob } from './predict';
import { trainJob } from './train';

const resources = resolve(import.meta.dirname, '../../../resources');
let folder: string;
let home: Library;
let runId: string;
let projectId: string;
const others: Library[] = [];
let jobs = 0;

function contextOf(library: Library, changes: Partial<JobContext> = {}): JobContext {
  const nothing = () => undefined;
  jobs += 1;
  const rest = { live: nothing, state: nothing, onCommand: nothing, onAsk: nothing, progress: nothing };
  return { jobId: `job-${jobs}`, library, resources, signal: new AbortController().signal, ...rest, ...changes };
}

/** A library of another person on the same machine. */
function elsewhere(): Library {
  const library = openLibrary(mkdtempSync(join(folder, 'other-')));
  others.push(library);
  return library;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-portable-'));
  home = openLibrary(join(folder, 'home'));
  const next = generator(11);
  const rows = Array.from({ length: 300 }, () => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    return [x, y, ['red', 'green'][next() % 2], x > y ? 'above' : 'below'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['x,y,colour,kind', ...rows].join('\n'));
  const source = { kind: 'file' as const, path };
  const made = await importJob.run({ source, name: null, target: 'kind' }, contextOf(home));
  ({ projectId } = made as { projectId: string });
  runId = makeRun(home, projectId, 'first');
  await trainJob.run({ runId }, contextOf(home));
  markRuns(home.db, [{ id: runId, tags: ['kept'], starred: true }]);
}, 60_000);
afterEach(() => {
  for (const library of others.splice(0)) library.close();
});
afterAll(() => {
  home.close();
  rmSync(folder, { recursive: true, force: true });
});

function makeRun(library: Library, of: string, name: string): string {
  const { data, network, settings } = getProject(library.db, of);
  const id = newId();
  createRun(library.db, {
    ...{ id, projectId: of, name, data: data!, datasetName: 'table', network: network! },
    settings: { ...settings!, epochs: 3, seed: 7 },
  });
  return id;
}

async function exported(
  name: string,
  subject: PortableSubject = { kind: 'runs', ids: [runId] },
  data = true,
): Promise<string> {
  const place = join(folder, name);
  await exportPortableJob.run({ subject, data, place, replace: true }, contextOf(home));
  return place;
}

const imported = (library: Library, path: string, changes: Partial<JobContext> = {}) =>
  importPortableJob.run({ path }, contextOf(library, changes)) as Promise<ImportPortableResult>;

/** What the model says of the first ten rows. */
async function predictions(library: Library, id: string): Promise<unknown> {
  const abort = new AbortController();
  let ask: (question: unknown) => Promise<unknown> = () => Promise.reject(new Error('not asked'));
  const asked = new Promise<void>((ready) => {
    const onAsk: JobContext['onAsk'] = (answer) => {
      ask = answer;
      ready();
    };
    void Promise.resolve(predictJob.run({ runId: id }, contextOf(library, { onAsk, signal: abort.signal }))).catch(
      () => undefined,
    );
  });
  await asked;
  const inputs = Array.from({ length: 10 }, (_, index) => ({ kind: 'row', index }));
  const answer = await ask({ inputs });
  abort.abort(new CodedError('job-cancelled'));
  return answer;
}

describe('in another library', () => {
  test('a run is the same run: history, marks, figures, predictions; trained again it learns the same', async () => {
    const path = await exported('run.tandem');
    const library = elsewhere();
    const result = await imported(library, path);
    expect(result).toMatchObject({ runs: [{ id: runId, name: 'first' }], known: 0, isDataAdded: true });
    const [there, here] = [runHistory(library.db, runId), runHistory(home.db, runId)];
    expect({ ...there, run: null }).toEqual({ ...here, run: null });
    expect({ ...there.run, jobId: null }).toEqual({ ...here.run, jobId: null });
    expect(tagsOf(library.db, runId)).toEqual(['kept']);
    expect(getEvaluation(library.db, runId)).toEqual(getEvaluation(home.db, runId));
    expect(evaluatedRows(library.db, runId)).toEqual(evaluatedRows(home.db, runId));
    expect(readProbe(library.db, runId)).toEqual(readProbe(home.db, runId));
    expect(loadModel(library.db, runId)).toEqual(loadModel(home.db, runId));
    expect(await predictions(library, runId)).toEqual(await predictions(home, runId));
    const again = makeRun(library, result.projectId, 'again');
    await trainJob.run({ runId: again }, contextOf(library));
    expect(loadModel(library.db, again).info.sha256).toBe(loadModel(home.db, runId).info.sha256);
    expect(getRun(library.db, again).test).toEqual(getRun(home.db, runId).test);
    // A second time there is nothing to add.
    expect(await imported(library, path)).toMatchObject({ runs: [], known: 1, isDataAdded: false });
    expect(listRuns(library.db, null)).toHaveLength(2);
  }, 60_000);

  test('without its data a run joins the same data, and says which is missing where there is none', async () => {
    const path = await exported('bare.tandem', { kind: 'runs', ids: [runId] }, false);
    const full = await exported('full.tandem');
    expect(readFileSync(path).length).toBeLessThan(readFileSync(full).length);
    const library = elsewhere();
    await expect(imported(library, path)).rejects.toMatchObject({
      code: 'portable-data-missing',
      parameters: { dataset: 'table', rows: 300, source: 'table.csv' },
    });
    expect(listProjects(library.db)).toEqual([]);
    const source = { kind: 'file' as const, path: join(folder, 'table.csv') };
    const own = (await importJob.run({ source, name: null, target: 'kind' }, contextOf(library))) as {
      projectId: string;
      versionId: string;
    };
    expect(await imported(library, path)).toMatchObject({ projectId: own.projectId, isDataAdded: false });
    expect(getRun(library.db, runId).data.versionId).toBe(own.versionId);
    expect(await predictions(library, runId)).toEqual(await predictions(home, runId));
  }, 60_000);

  test('a project comes with its name, its choices, all its runs and the edits that are pending', async () => {
    const waiting = makeRun(home, projectId, 'waiting');
    const { versionId } = getProject(home.db, projectId).data!;
    appendEdits(home.db, versionId, [{ edit: { kind: 'exclude', reason: 'chosen' }, rows: Int32Array.of(3, 9) }]);
    const path = await exported('project.tandem', { kind: 'project', id: projectId });
    const library = elsewhere();
    const result = await imported(library, path);
    const [there, here] = [getProject(library.db, result.projectId), getProject(home.db, projectId)];
    expect(there).toEqual({ ...here, createdAt: there.createdAt, openedAt: there.openedAt });
    expect(new Set(listRuns(library.db, null).map(({ id }) => id))).toEqual(new Set([runId, waiting]));
    // It was on its way when it was exported; nobody trains it here.
    expect(getRun(library.db, waiting)).toMatchObject({ state: 'interrupted', error: { code: 'app-ended' } });
    expect(listEdits(library.db, versionId, null, -1).map(({ rows }) => [...rows])).toEqual([[3, 9]]);
    expect(getVersion(library.db, versionId)).toEqual(getVersion(home.db, versionId));
    library.close();
    others.length = 0;
    // What was moved into its place stays there when the library is opened again.
    const opened = openLibrary(library.directory);
    others.push(opened);
    expect(await predictions(opened, runId)).toEqual(await predictions(home, runId));
  }, 60_000);
});

describe('a file that is not what it says', () => {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  /** The file with its parts changed; the manifest too, where `told` says so. */
  async function forged(
    change: (parts: Record<string, Uint8Array>) => void,
    told: 'honestly' | 'not at all' = 'not at all',
  ): Promise<string> {
    const parts = unzipSync(readFileSync(await exported('forged.tandem'))) as Record<string, Uint8Array>;
    change(parts);
    const manifest = JSON.parse(Buffer.from(parts['manifest.json']!).toString()) as { parts: { path: string }[] };
    if (told === 'honestly') {
      manifest.parts = Object.entries(parts)
        .filter(([path]) => path !== 'manifest.json')
        .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) }));
      parts['manifest.json'] = Buffer.from(JSON.stringify(manifest));
    }
    const path = join(folder, 'forged.tandem');
    writeFileSync(path, zipSync(parts as Zippable));
    return path;
  }

  const json = (parts: Record<string, Uint8Array>, path: string, change: (value: Record<string, unknown>) => void) => {
    const value = JSON.parse(Buffer.from(parts[path]!).toString()) as Record<string, unknown>;
    change(value);
    parts[path] = Buffer.from(JSON.stringify(value));
  };

  /** Refused with the code, and the library has nothing of it: no rows, no files, nothing half done. */
  async function refused(path: string, code: string, detail: RegExp): Promise<void> {
    const library = elsewhere();
    const error: unknown = await imported(library, path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(detail);
    for (const table of ['projects', 'datasets', 'versions', 'runs']) {
      expect(library.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    }
    const { versions, blobs, temporary } = library.paths;
    expect([versions, blobs, temporary].flatMap((place) => readdirSync(place))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name === 'escaped')).toEqual([]);
  }

  test('a changed part, a cut file, a part too many, a name that leads out', async () => {
    const flip = (path: string) => (parts: Record<string, Uint8Array>) => {
      parts[path] = parts[path]!.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    };
    await refused(await forged(flip('runs/0/weights.bin')), 'portable-damaged', /weights\.bin.*sha256/);
    await refused(await forged(flip('versions/0/rows.parquet')), 'portable-damaged', /rows\.parquet/);
    const cut = await exported('cut.tandem');
    truncateSync(cut, readFileSync(cut).length - 400);
    await refused(cut, 'portable-foreign', /cut\.tandem/);
    const slip = await forged((parts) => (parts['../escaped'] = Buffer.from('x')));
    await refused(slip, 'portable-damaged', /\.\.\/escaped/);
    const named = await forged((parts) => (parts['../escaped'] = Buffer.from('x')), 'honestly');
    await refused(named, 'portable-damaged', /escaped|parts/);
  }, 60_000);

  test('what its own sums agree with and the app does not: ids, lengths, rows, unknown layers', async () => {
    const odd = (path: string, change: (value: Record<string, unknown>) => void) =>
      forged((parts) => json(parts, path, change), 'honestly');
    const id = await odd('dataset.json', ({ versions }) => {
      (versions as { version: { id: string } }[])[0]!.version.id = '../../escaped';
    });
    await refused(id, 'portable-damaged', /dataset\.json.*version\.id/);
    const rows = await odd('dataset.json', ({ versions }) => {
      (versions as { version: { rowCount: number } }[])[0]!.version.rowCount = 1_000_000;
    });
    await refused(rows, 'portable-damaged', /rows\.parquet.*300 rows/);
    const layer = await odd('runs/0/run.json', ({ run }) => {
      (run as { network: { layers: { type: string }[] } }).network.layers[0]!.type = 'lambda';
    });
    await refused(layer, 'definition-unknown', /lambda/);
    const short = await forged((parts) => {
      parts['runs/0/weights.bin'] = parts['runs/0/weights.bin']!.subarray(4);
    }, 'honestly');
    await refused(short, 'portable-damaged', /weights\.bin/);
    const sql = await odd('runs/0/run.json', ({ run }) => {
      (run as { name: string }).name = `'); DROP TABLE runs; --`;
    });
    const library = elsewhere();
    expect((await imported(library, sql)).runs).toEqual([{ id: runId, name: `'); DROP TABLE runs; --` }]);
  }, 60_000);

  test('a bomb, a newer form, another zip, no zip, and a cancel on the way', async () => {
    const bomb = await exported('bomb.tandem');
    const bytes = readFileSync(bomb);
    // The size in the zip's directory; that of the part itself would only be found while it is unpacked.
    const entry = bytes.lastIndexOf('runs/0/weights.bin') - 46;
    bytes.writeUInt32LE(300 << 20, entry + 24);
    writeFileSync(bomb, bytes);
    await refused(bomb, 'portable-bomb', /100 times/);
    const newer = await forged((parts) =>
      json(parts, 'manifest.json', (manifest) => {
        manifest['version'] = 2;
        manifest['app'] = '9.1.0';
        manifest['parts'] = 'elsewhere';
      }),
    );
    await refused(newer, 'portable-newer', /9\.1\.0/);
    const zip = join(folder, 'other.zip');
    writeFileSync(zip, zipSync({ 'a.txt': Buffer.from('a') }));
    await refused(zip, 'portable-foreign', /manifest\.json/);
    await refused(join(folder, 'table.csv'), 'portable-foreign', /table\.csv/);
    const library = elsewhere();
    const abort = new AbortController();
    const progress: JobContext['progress'] = ({ stage }) => {
      if (stage === 'unpack') abort.abort(new CodedError('job-cancelled'));
    };
    const cancelled = imported(library, await exported('run.tandem'), { signal: abort.signal, progress });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(listProjects(library.db)).toEqual([]);
    expect(readdirSync(library.paths.temporary)).toEqual([]);
  }, 60_000);
});

test('an export leaves nothing where it is cancelled or its place is taken', async () => {
  const place = join(folder, 'kept.tandem');
  writeFileSync(place, 'mine');
  const subject: PortableSubject = { kind: 'runs', ids: [runId] };
  const run = (changes: Partial<JobContext> = {}, replace = false) =>
    exportPortableJob.run(
      { subject, data: true, place, replace },
      contextOf(home, changes),
    ) as Promise<ExportPortableResult>;
  await expect(run()).rejects.toMatchObject({ code: 'export-place-taken' });
  const abort = new AbortController();
  const progress: JobContext['progress'] = ({ stage }) => {
    if (stage === 'export') abort.abort(new CodedError('job-cancelled'));
  };
  await expect(run({ signal: abort.signal, progress }, true)).rejects.toMatchObject({ name: 'AbortError' });
  expect(readFileSync(place, 'utf8')).toBe('mine');
  expect(readdirSync(folder).filter((name) => name.startsWith('.kept'))).toEqual([]);
  expect(readdirSync(home.paths.temporary)).toEqual([]);
}, 60_000);
