/** The one way in: unknown names, foreign keys and unsuitable inputs are refused; values and coded errors come back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPreferences, type ContractHandlers, type Notice } from '../contract';
import { exampleCommit, exampleRun, temporaryFolder } from '../storage/fixtures/examples';
import { openLibrary, type Library } from '../storage/library';
import { commitEpoch, setRunState } from '../storage/runs';
import { call } from './call';
import { GrantedFiles } from './files';
import { readHere } from './data-reader';
import { createServices } from './index';
import { bestOf } from './projects';
import { Supervisor } from './supervisor';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
let supervisor: Supervisor;
let handlers: ContractHandlers;
const notices: Notice[] = [];

beforeAll(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
  const launch = () => {
    throw new Error('no job is started here');
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  supervisor = new Supervisor({ library, resources: '', launch, log });
  const notify = (notice: Notice) => void notices.push(notice);
  handlers = createServices({
    library,
    supervisor,
    data: readHere(library),
    resources: '',
    files: new GrantedFiles(),
    notify,
  });
});
afterAll(async () => {
  await supervisor.shutdown();
  library.close();
  folder.dispose();
});

async function errorOf(name: string, input: unknown) {
  const reply = await call(handlers, name, input);
  if (reply.ok) throw new Error(`${name} was answered`);
  return reply.error;
}

describe('refused', () => {
  test.each(['nothing', 'runs', 'runs.', 'runs.list.x', 'runs.constructor', '__proto__.toString', 'constructor.name'])(
    'the name "%s"',
    async (name) => expect(await errorOf(name, undefined)).toEqual({ code: 'call-unknown', parameters: { name } }),
  );

  test('an input that does not fit, naming the field', async () => {
    const error = await errorOf('runs.update', { id: 'x', name: '' });
    expect(error.code).toBe('call-invalid');
    expect(error.parameters['detail']).toMatch(/^name: /);
  });

  test('rows and files that are not there', async () => {
    expect((await errorOf('runs.get', { id: 'nobody' })).code).toBe('not-found');
    expect((await errorOf('models.info', { runId: 'nobody' })).code).toBe('not-found');
    expect((await errorOf('datasets.version', { id: 'nobody' })).code).toBe('not-found');
    const source = { kind: 'file', file: '/etc/passwd' };
    expect((await errorOf('jobs.startImport', { source, name: null, target: null })).code).toBe('file-not-granted');
    expect((await errorOf('jobs.command', { id: 'nobody', command: 'cancel' })).code).toBe('job-unknown');
  });

  test('what needs a window, where there is none', async () => {
    expect((await errorOf('app.pickFile', undefined)).code).toBe('call-unknown');
    expect((await errorOf('runs.watch', { id: 'x', seq: 0 })).code).toBe('call-unknown');
  });

  test('deleting or resuming a run that trains', async () => {
    const run = exampleRun(library.db, 'busy');
    const expected = { code: 'run-active', parameters: { name: 'busy' } };
    expect(await errorOf('runs.remove', { ids: [run.id], deleted: true })).toEqual(expected);
    expect(await errorOf('runs.resume', { id: run.id })).toEqual(expected);
    setRunState(library.db, run.id, 'finished');
    expect((await errorOf('runs.resume', { id: run.id })).code).toBe('call-invalid');
  });

  test('a run of which the job cannot start does not stay queued', async () => {
    const run = exampleRun(library.db, 'unlucky');
    setRunState(library.db, run.id, 'stopped');
    expect((await errorOf('runs.resume', { id: run.id })).code).toBe('unexpected');
    const reply = await call(handlers, 'runs.get', { id: run.id });
    expect(reply).toMatchObject({ ok: true, value: { state: 'interrupted' } });
  });
});

test('a change is answered and told', async () => {
  const run = exampleRun(library.db, 'told');
  notices.length = 0;
  const reply = await call(handlers, 'runs.update', { id: run.id, name: '  better ' });
  expect(reply).toMatchObject({ ok: true, value: { name: 'better' } });
  expect(notices).toEqual(['runs-changed']);
});

test('preferences are kept one by one', async () => {
  await call(handlers, 'app.setPreferences', { theme: 'dark' });
  const reply = await call(handlers, 'app.setPreferences', { projectId: null, screen: 'runs' });
  expect(reply).toEqual({
    ok: true,
    value: { ...defaultPreferences, theme: 'dark', screen: 'runs' },
  });
});

test('where a person labels is kept for each project', async () => {
  const nowhere = { column: null, kind: null, queue: null };
  const place = { column: 'mood', kind: null, queue: 'all' };
  await call(handlers, 'labels.keepPlace', { projectId: 'one', ...place });
  expect(await call(handlers, 'labels.place', { projectId: 'one' })).toEqual({ ok: true, value: place });
  expect(await call(handlers, 'labels.place', { projectId: 'two' })).toEqual({ ok: true, value: nowhere });
});

test('a project shows the best of its runs by the direction of the metric', async () => {
  const run = exampleRun(library.db, 'best');
  commitEpoch(library.db, exampleCommit(run.id, 1));
  const reply = await call(handlers, 'projects.get', { id: run.projectId });
  expect(reply).toMatchObject({ ok: true, value: { best: { metric: 'validation.loss', value: 1.1 } } });
  const of = (metric: string, ...values: number[]) => values.map((value, index) => ({ metric, value, epoch: index }));
  expect(bestOf(of('validation.accuracy', 0.5, 0.9, 0.7))?.value).toBe(0.9);
  expect(bestOf(of('loss', 0.5, 0.9, 0.2))?.value).toBe(0.2);
  expect(bestOf([])).toBeNull();
});
