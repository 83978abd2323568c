/** A report of real runs whose every name is hostile: each panel has its figures, and nothing in it runs or loads. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Parser } from 'saxen';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generator } from '../../catalog/random';
import { orderedBlocks, usualReport } from '../../catalog/report';
import { thinned } from '../../catalog/report/line-chart';
import { CodedError, type Locale, type Report, type ReportBlock } from '../../contract';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import { createRun, getRun, runHistory, updateRun } from '../../storage/runs';
import { getEvaluation } from '../../storage/evaluations';
import { getVersion } from '../../storage/datasets';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { reportJob } from './report';
import { trainJob } from './train';

const hostile = `<script>alert("1")</script>' onload='x & "`;
let folder: string;
let library: Library;
let runIds: string[];
let ask: (question: { report: Report; locale: Locale }) => Promise<string>;
const abort = new AbortController();

function contextOf(changes: Partial<JobContext> = {}): JobContext {
  const nothing = () => undefined;
  const rest = { live: nothing, state: nothing, onCommand: nothing, onAsk: nothing, progress: nothing };
  return { jobId: newId(), library, resources: folder, signal: abort.signal, ...rest, ...changes };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-report-'));
  library = openLibrary(join(folder, 'library'));
  const next = generator(5);
  const rows = Array.from({ length: 200 }, () => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    return [x, y, x > y ? '<b>above</b>' : 'below'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['<img src=x>,y,kind', ...rows].join('\n'));
  const source = { kind: 'file' as const, path };
  const made = await importJob.run({ source, name: hostile, target: 'kind' }, contextOf());
  const { projectId } = made as { projectId: string };
  const { data, network, settings } = getProject(library.db, projectId);
  runIds = [0.05, 0.001].map((learningRate, at) => {
    const id = newId();
    const name = at === 0 ? hostile : 'plain';
    const own = {
      ...settings!,
      epochs: 4,
      learningRate,
      earlyStopping: { ...settings!.earlyStopping, enabled: false },
    };
    createRun(library.db, { id, projectId, name, data: data!, datasetName: hostile, network: network!, settings: own });
    return id;
  });
  for (const runId of runIds) await trainJob.run({ runId }, contextOf());
  updateRun(library.db, runIds[0]!, {
    note: `see <iframe src="https://example.org"></iframe> and [this](javascript:x)`,
  });
  const asked = new Promise<(question: unknown) => Promise<unknown>>((onAsk) => {
    Promise.resolve(reportJob.run({}, contextOf({ onAsk }))).catch(() => undefined);
  });
  const answer = await asked;
  ask = async (question) => (await answer(question)) as string;
}, 60_000);
afterAll(() => {
  abort.abort(new CodedError('job-cancelled'));
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every panel that there is, twice a chart, and a text. */
function everything(): Report {
  const kinds = orderedBlocks.map(({ id }): ReportBlock => {
    return { id, kind: id, values: id === 'text' ? { text: hostile } : {} };
  });
  const chart = { id: `"><script>`, kind: 'curves', values: { metric: `"><script>x` } };
  return { title: hostile, runIds, blocks: [...kinds, { ...chart, id: '>', values: { metric: 'accuracy' } }, chart] };
}

/** Elements and attributes of the page, which is well-formed XML but for its first line. */
function readPage(page: string): { elements: Set<string>; attributes: [string, string][]; text: string } {
  const elements = new Set<string>();
  const attributes: [string, string][] = [];
  let text = '';
  const parser = new Parser();
  parser.on('openTag', (name, attributesOf, decode) => {
    elements.add(name);
    for (const [key, value] of Object.entries(attributesOf())) attributes.push([key, decode(String(value))]);
  });
  parser.on('text', (value, decode) => void (text += decode(value)));
  parser.on('error', (error) => {
    throw error;
  });
  parser.parse(page.replace('<!doctype html>', '').replace(/<style>[^]*<\/style>/, ''));
  return { elements, attributes, text };
}

test('nothing in it runs, loads or breaks out, whatever things are called', async () => {
  const page = await ask({ report: everything(), locale: 'en' });
  const { elements, attributes, text } = readPage(page);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  expect(attributes).toContainEqual(['content', policy]);
  const known =
    'html head meta title body main header h1 h2 h3 p section footer time div table caption thead tbody tfoot tr th td ' +
    'strong span br ul li figure figcaption svg desc line text path code';
  expect([...elements].filter((name) => !known.split(' ').includes(name))).toEqual([]);
  expect(attributes.filter(([name]) => /^on|^style$|^src$|^href$|^xlink/.test(name))).toEqual([]);
  expect(page).not.toMatch(/https?:\/\/(?!example)/);
  expect(text).toContain(hostile);
  expect(text).toContain('see <iframe src="https://example.org"></iframe> and this (javascript:x)');
  const ids = attributes.filter(([name]) => name === 'id').map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, named] of attributes.filter(([name]) => name === 'aria-labelledby')) {
    for (const id of named.split(' ')) expect(ids).toContain(id);
  }
}, 60_000);

test('its figures are those of the library, in both languages', async () => {
  const { text } = readPage(await ask({ report: everything(), locale: 'en' }));
  const [run, evaluation] = [getRun(library.db, runIds[0]!), getEvaluation(library.db, runIds[0]!)!];
  const accuracy = evaluation.scores.find(({ id }) => id === 'accuracy')!;
  const percent = (value: number) => `${(100 * value).toFixed(1)}%`;
  expect(text).toContain(
    `${percent(accuracy.value)} [${percent(accuracy.interval!.low)}, ${percent(accuracy.interval!.high)}]`,
  );
  expect(text).toContain(getVersion(library.db, run.data.versionId).source.sha256);
  expect(text).toMatch(/plain is (worse|better) than .* percentage points \(95 % interval|plain and .*: a tie/);
  expect(text).toContain('Learning rate0.050.001');
  expect(text).toContain(`Parameters${run.parameterCount!.toLocaleString('en')}`);
  const { epochs } = runHistory(library.db, runIds[0]!);
  const last = Number(epochs.at(-1)!.metrics['loss']!.toPrecision(4));
  expect(text).toContain(`${last} in epoch 4.`);
  const chinese = readPage(await ask({ report: everything(), locale: 'zh' }));
  expect(chinese.attributes).toContainEqual(['lang', 'zh-CN']);
  expect(chinese.text).toContain('混淆矩阵');
  const alone = readPage(await ask({ report: usualReport('', [runIds[1]!]), locale: 'en' })).text;
  expect(alone).not.toContain('Better or luck');
  expect(alone).toContain('Batch size32');
  updateRun(library.db, runIds[1]!, { name: 'renamed' });
  expect(await ask({ report: everything(), locale: 'en' })).toContain('renamed');
  await expect(ask({ report: usualReport('', ['gone']), locale: 'en' })).rejects.toMatchObject({ code: 'not-found' });
}, 60_000);

test('a long curve is thinned without losing an extreme', () => {
  const points = Array.from(
    { length: 20_000 },
    (_, at) => [at, at === 7001 ? 99 : at === 12_345 ? -99 : Math.sin(at)] as const,
  );
  const kept = thinned(points);
  expect(kept.length).toBeLessThanOrEqual(1200);
  expect(kept).toContainEqual([7001, 99]);
  expect(kept).toContainEqual([12_345, -99]);
  expect(kept.map(([x]) => x)).toEqual(kept.map(([x]) => x).toSorted((a, b) => a - b));
});
