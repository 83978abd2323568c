/** The quality job over a real library: planted faults are found, clean data gives no alarm, a cancel leaves the report before. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError, labelSetup, type DataSetup, type ImportInput, type QualityReport } from '../../contract';
import { versionFolder } from '../../data/paths';
import { readReport } from '../../data/quality/report-file';
import { randomSource } from '../../data/random';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { qualityJob } from './quality';

const resources = resolve(import.meta.dirname, '../../../resources');
let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-quality-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(signal = new AbortController().signal, progress: JobContext['progress'] = () => {}): JobContext {
  const nothing = () => {};
  return {
    ...{ jobId: 'job-1', library, resources, signal, progress },
    ...{ live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
}

async function imported(source: ImportInput['source'], target: string | null = null) {
  const result = (await importJob.run({ source, name: null, target }, context())) as {
    versionId: string;
    projectId: string;
  };
  return { versionId: result.versionId, setup: getProject(library.db, result.projectId).data };
}

function csv(header: string, rows: readonly string[], target: string | null = null) {
  const path = join(folder, 'people.csv');
  writeFileSync(path, [header, ...rows, ''].join('\n'));
  return imported({ kind: 'file', path }, target);
}

async function reportOf(asked: { versionId: string; setup: DataSetup | null }): Promise<QualityReport> {
  await qualityJob.run(asked, context());
  const report = await readReport(library, asked.versionId);
  if (!report) throw new Error('no report');
  return report;
}

/** Findings of one check. */
const of = (report: QualityReport, check: string) => report.findings.filter((finding) => finding.check === check);
const round = (value: number) => value.toFixed(3);

/** 400 rows of two kinds that two measures tell apart, and one that says nothing. */
function measures(random = randomSource(5), rows = 400): { cells: string[]; kind: string }[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: rows }, (_, row) => {
    const kind = row % 2 === 0 ? 'oak' : 'elm';
    const shift = kind === 'oak' ? 2.5 : -2.5;
    return { kind, cells: [round(shift + normal()), round(-shift + normal()), round(normal())] };
  });
}

describe('clean data gives no alarm', () => {
  test('measures of two kinds', async () => {
    const rows = measures().map(({ cells, kind }) => `${cells.join(',')},${kind}`);
    const report = await reportOf(await csv('height,width,depth,kind', rows, 'kind'));
    // A few rows lie between the kinds by nature.
    expect(report.findings.filter(({ check }) => check !== 'wrong-labels')).toEqual([]);
    expect(of(report, 'wrong-labels')[0]?.count ?? 0).toBeLessThanOrEqual(4);
  });

  test('penguins: only what is truly missing', async () => {
    const report = await reportOf(await imported({ kind: 'sample', id: 'penguins' }));
    expect(
      report.findings
        .filter(({ check }) => check !== 'wrong-labels')
        .map(({ id, columns, count }) => [id.replace(/-\d$/, ''), columns[0], count]),
    ).toEqual([
      ['missing-values', 'sex', 11],
      ['missing-values', 'bill_length_mm', 2],
      ['missing-values', 'bill_depth_mm', 2],
      ['missing-values', 'flipper_length_mm', 2],
      ['missing-values', 'body_mass_g', 2],
    ]);
    expect(of(report, 'wrong-labels')[0]?.count ?? 0).toBeLessThanOrEqual(6);
  });

  test('handwritten digits', async () => {
    const report = await reportOf(await imported({ kind: 'sample', id: 'digits-small' }));
    expect(report.findings.filter(({ check }) => check !== 'wrong-labels')).toEqual([]);
  });
});
