/** Reads how many tests passed, failed and were skipped out of the reports that Vitest and Playwright leave for `npm test`. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** A stage that broke before it could count: one failure. @type {Readonly<Counts>} */
export const BROKEN = { passed: 0, failed: 1, skipped: 0 };

/**
 * @param {any} report Vitest's JSON report, undefined when there is none
 * @param {number} exitCode a failure outside any test (a file that does not load, an unhandled rejection) shows only here
 * @returns {Counts}
 */
export function unitTestCounts(report, exitCode) {
  if (!report) return { ...BROKEN };
  const unloaded = (report.testResults ?? []).filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return withExit(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    },
    exitCode,
  );
}

/**
 * @param {any} report Playwright's JSON report, undefined when there is none
 * @param {number} exitCode
 * @returns {Counts} a test that passed on a second try counts as passed
 */
export function windowTestCounts(report, exitCode) {
  if (!report) return { ...BROKEN };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return withExit({ passed: expected + flaky, failed: unexpected, skipped }, exitCode);
}

/** A run that ended badly without a failed test has failed all the same. @param {Counts} counts @param {number} exitCode */
function withExit(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The sum of all stages. @param {Counts[]} stages @returns {Counts} */
export function sumCounts(stages) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of stages) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** The closing line of `npm test`. @param {Counts} counts */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
