/**
 * The quality report: quick models judge the labels, every check looks through the data, and the report is put beside the
 * version's rows in one move at the very end. An error, a cancel or a kill leaves the report that was there before.
 */
import { qualityInputSchema, type QualityResult } from '../../contract';
import { QualityData } from '../../data/quality/quality-data';
import { writeReport } from '../../data/quality/report-file';
import { checks, runChecks } from '../../data/quality/run-checks';
import { getVersion } from '../../storage/datasets';
import { defineJob } from '../definition';
import { judgeLabels } from '../quality/out-of-fold';

export const qualityJob = defineJob({
  kind: 'quality',
  input: qualityInputSchema,
  async run({ versionId, setup }, context): Promise<QualityResult> {
    const began = Date.now();
    const { library, signal } = context;
    const version = getVersion(library.db, versionId);
    const plain = new QualityData(library, version, setup, null);
    const { outOfFold, problem } = await judgeLabels(plain, context, {
      signal,
      progress: (done, total) => context.progress({ stage: 'model', done, total, unit: 'steps' }),
    });
    const data = new QualityData(library, version, setup, outOfFold, problem);
    const found = await runChecks(data, {
      signal,
      progress: (place) => context.progress({ stage: 'check', done: place, total: checks.length, unit: 'checks' }),
    });
    signal.throwIfAborted();
    await writeReport(library, {
      v: 1,
      versionId,
      setup,
      createdAt: began,
      seconds: (Date.now() - began) / 1000,
      rowCount: version.rowCount,
      ...found,
    });
    return { versionId, findings: found.findings.length };
  },
});
