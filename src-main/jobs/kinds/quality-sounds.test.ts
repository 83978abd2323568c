/** The checks of sounds over a real library: planted near-silent and clipped recordings among good ones, loud and quiet. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportResult } from '../../contract';
import { clippedShare } from '../../data/quality/sound-facts';
import { readReport } from '../../data/quality/report-file';
import { randomSource } from '../../data/random';
import { encodeWav } from '../../data/sounds/wav-file';
import { openLibrary } from '../../storage/library';
import { getProject } from '../../storage/projects';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { qualityJob } from './quality';

const rate = 8000;
const random = randomSource(21);

/** Half a second of a tone with its overtone and a little noise, louder than full scale where `level` says so. */
function wav(level: number): Uint8Array {
  const pitch = 150 + 500 * random();
  const bytes = new DataView(new ArrayBuffer(rate));
  for (let at = 0; at < rate / 2; at += 1) {
    const angle = (2 * Math.PI * pitch * at) / rate;
    const value = level * (0.8 * Math.sin(angle) + 0.2 * Math.sin(2 * angle) + 0.02 * (random() - 0.5));
    bytes.setInt16(2 * at, Math.round(32767 * Math.max(-1, Math.min(1, value))), true);
  }
  return encodeWav(new Uint8Array(bytes.buffer), rate);
}

test('silent and clipped recordings are found, with the worst first; loud and quiet ones are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-quality-'));
  const library = openLibrary(join(folder, 'library'));
  try {
    const levels = [0.9, 0.5, 0.0003, 0.2, 1.2, 0.05, 0.01, 3, 0.7, 0.0001];
    for (const kind of ['hum', 'purr']) {
      mkdirSync(join(folder, 'sounds', kind), { recursive: true });
      for (const [at, level] of levels.entries())
        writeFileSync(join(folder, 'sounds', kind, `${at}.wav`), wav(kind === 'hum' ? level : 0.4));
    }
    const nothing = () => {};
    const context: JobContext = {
      ...{ jobId: 'job-1', library, resources: resolve('resources'), signal: new AbortController().signal },
      ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
    };
    const source = { kind: 'file', path: join(folder, 'sounds') } as const;
    const imported = (await importJob.run({ source, name: null, target: null }, context)) as ImportResult;
    const { versionId, projectId } = imported;
    await qualityJob.run({ versionId, setup: getProject(library.db, projectId).data }, context);
    const report = await readReport(library, versionId);
    const of = (check: string) => report?.findings.filter((finding) => finding.check === check) ?? [];
    expect(of('silent-sounds').map(({ rows }) => rows)).toEqual([[9, 2]]);
    expect(of('clipped-sounds').map(({ rows }) => rows)).toEqual([[7, 4]]);
    expect(of('clipped-sounds')[0]?.fixes[0]?.edits).toEqual([
      { kind: 'exclude', rows: [7, 4], reason: 'clipped-sounds' },
    ]);
  } finally {
    library.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('samples at full scale count only where several of one side follow one another', () => {
  expect(clippedShare(Float32Array.of(0, 1, 1, 1, 0, -1, -1, 0, 1, 0))).toBeCloseTo(0.3);
  expect(clippedShare(Float32Array.of(1, 1, -1, -1, 1, 1))).toBe(0);
  expect(clippedShare(Float32Array.of(0, -1, -1, -1, -1))).toBeCloseTo(0.8);
  expect(clippedShare(new Float32Array(0))).toBe(0);
});
