/** `check`: the quality report of a dataset's latest version, made anew, on the screen or as JSON. */
import { z } from 'zod';
import { CodedError, labelSetup, type DataSetup, type Finding, type QualityReport } from '../../contract';
import { startQuality } from '../../services/quality';
import { findProjectByDataset } from '../../storage/projects';
import { followProgress } from '../follow';
import { findDataset } from '../references';
import type { Session } from '../session';
import { formatTable } from '../table';
import { one, type CommandDefinition } from '../command-definition';

/** Rows named to people; `--json` has them all. */
const SHOWN = 8;
const optionsSchema = z.object({ target: z.string().optional() });

export const command: CommandDefinition = {
  order: 5,
  usage: 'check <dataset>',
  description: 'Look for what is wrong with a dataset: duplicates, wrong labels, outliers, leaks, personal data.',
  options: (command) =>
    command.option('--target <column>', "the column with the labels, if not the project's; also for texts"),
  async run(session, parameters, raw) {
    const { target } = optionsSchema.parse(raw);
    const name = one(parameters);
    const dataset = await findDataset(session, name);
    if (!dataset) throw new CodedError('not-found', { what: 'dataset', id: name });
    const versionId = dataset.latestVersionId;
    const setup = await chooseSetup(session, versionId, target);
    const job = startQuality(session.context, { versionId, setup });
    await followProgress(session, job.id);
    const report = await session.services.quality.report({ versionId });
    if (!report) throw new CodedError('not-found', { what: 'quality report', id: name });
    session.output.result(report, reportText(dataset.name, report));
  },
};

/** @throws CodedError `column-missing`, `target-not-learnable` */
async function chooseSetup(
  { library, services }: Session,
  versionId: string,
  target: string | undefined,
): Promise<DataSetup | null> {
  const version = await services.datasets.version({ id: versionId });
  const own = findProjectByDataset(library.db, version.datasetId)?.data ?? null;
  const known = own ?? (version.proposed ? { versionId, ...version.proposed } : null);
  if (target === undefined || target === known?.target) return known && { ...known, versionId };
  const column = version.columns.find(({ name }) => name === target);
  if (!column) {
    throw new CodedError('column-missing', {
      column: target,
      known: version.columns.map(({ name }) => name).join(', '),
    });
  }
  if (column.type !== 'category') throw new CodedError('target-not-learnable', { column: target });
  const hasPictures = version.columns.some(({ image }) => image !== null);
  return labelSetup(versionId, target, hasPictures ? 'image-classification' : 'table-classification');
}

function reportText(name: string, report: QualityReport): string {
  const { findings, checks, rowCount, seconds } = report;
  const head = `${name}: ${rowCount} rows checked in ${seconds.toFixed(1)} s, ${findings.length} findings.`;
  const skipped = checks.filter((check) => check.skipped !== null).map(({ label }) => label.en);
  const foot = skipped.length > 0 ? [`Not checked, as they do not apply: ${skipped.join('; ')}.`] : [];
  if (findings.length === 0) return [head, ...foot].join('\n');
  const lines = findings.map((finding) => [finding.severity, finding.label.en, finding.sentence.en, rowsOf(finding)]);
  return [head, formatTable(['severity', 'finding', 'what', 'rows'], lines), ...foot].join('\n');
}

/** The first rows, counted from 1 as in the window. */
function rowsOf({ rows, count }: Finding): string {
  const shown = rows.slice(0, SHOWN).map((row) => row + 1);
  return shown.length === 0 ? '' : `${shown.join(', ')}${count > shown.length ? ', …' : ''}`;
}
