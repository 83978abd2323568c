/** `report`: what the import of a dataset left out, and why; on the screen or as a CSV file. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CodedError, describeError, leftOutToCsv, type LeftOut } from '../../contract';
import { one, type CommandDefinition } from '../command-definition';
import { findDataset } from '../references';
import type { Session } from '../session';
import { formatTable } from '../table';

/** Entries asked for at a time, and lines shown to people. */
const PAGE = 2000;
const SHOWN = 20;
const optionsSchema = z.object({ csv: z.string().optional() });

export const command: CommandDefinition = {
  order: 4,
  usage: 'report <dataset>',
  description: 'Tell what the import of a dataset left out, and why.',
  options: (command) => command.option('--csv <file>', 'write every entry into a CSV file'),
  async run(session, parameters, raw) {
    const { csv } = optionsSchema.parse(raw);
    const name = one(parameters);
    const dataset = await findDataset(session, name);
    if (!dataset) throw new CodedError('not-found', { what: 'dataset', id: name });
    const report = await readReport(session, dataset.latestVersionId);
    if (csv !== undefined) await saveReport(csv, report.entries);
    session.output.result(report, reportText(report));
  },
};

export interface Report {
  readonly total: number;
  readonly counts: readonly { readonly code: string; readonly count: number }[];
  readonly entries: readonly LeftOut[];
}

/** All that is kept of a version's report. */
export async function readReport({ services }: Session, versionId: string): Promise<Report> {
  const entries: LeftOut[] = [];
  for (;;) {
    const query = { versionId, code: null, offset: entries.length, limit: PAGE };
    const { total, counts, kept, entries: page } = await services.datasets.leftOut(query);
    entries.push(...page);
    if (entries.length >= kept || page.length === 0) return { total, counts, entries };
  }
}

export async function saveReport(path: string, entries: readonly LeftOut[]): Promise<void> {
  await writeFile(resolve(path), leftOutToCsv(entries, 'en'));
}

function reportText({ total, counts, entries }: Report): string {
  if (total === 0) return 'Nothing was left out.';
  const shown = entries
    .slice(0, SHOWN)
    .map(({ file, row, reason }) => [file, row, describeError(reason, 'en').message] as const);
  const more = total - shown.length;
  return [
    `${total} left out.`,
    formatTable(
      ['reason', 'count'],
      counts.map(({ code, count }) => [code, count]),
    ),
    '',
    formatTable(['file', 'row', 'reason'], shown),
    ...(more > 0 ? [`… and ${more} more. --csv FILE writes them.`] : []),
  ].join('\n');
}
