/** The counts of `npm test`, from a report that Vitest itself writes and from one in Playwright's form. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { closingLine, sumCounts, unitTestCounts, windowTestCounts } from './test-counts.mjs';

test('counts what Vitest reports, a file that does not load among the failures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-counts-'));
  try {
    writeFileSync(
      join(folder, 'vitest.config.mjs'),
      "export default { test: { globals: true, include: ['*.test.mjs'] } };",
    );
    writeFileSync(
      join(folder, 'one.test.mjs'),
      "test('right', () => {}); test('too', () => {}); test('wrong', () => { throw new Error('x'); }); test.skip('later', () => {});",
    );
    writeFileSync(join(folder, 'two.test.mjs'), "throw new Error('does not load');");
    const report = join(folder, 'report.json');
    const vitest = resolve(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
    const args = [vitest, 'run', '--root', folder, '--reporter=json', `--outputFile=${report}`];
    const { status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(unitTestCounts(JSON.parse(readFileSync(report, 'utf8')), 1)).toEqual({ passed: 2, failed: 2, skipped: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a run that breaks counts as one failure, with and without a report', () => {
  expect(unitTestCounts(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  const green = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  expect(unitTestCounts(green, 0).failed).toBe(0);
  expect(unitTestCounts(green, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(windowTestCounts(undefined, 0).failed).toBe(1);
});

test('a window test that passed on its second try has passed', () => {
  const report = { stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 4 } };
  expect(windowTestCounts(report, 1)).toEqual({ passed: 4, failed: 2, skipped: 4 });
});

test('closes with one line, which names skipped tests only when there are some', () => {
  const sum = sumCounts([
    { passed: 2, failed: 0, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 },
  ]);
  expect(closingLine(sum)).toBe('5 passed, 1 failed');
  expect(closingLine({ ...sum, skipped: 2 })).toBe('5 passed, 1 failed, 2 skipped');
});
