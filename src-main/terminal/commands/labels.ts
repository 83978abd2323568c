/** `labels`: how far a column is labelled, with the edits that no version was made of yet; a label itself is an edit. */
import { z } from 'zod';
import { CodedError, type DatasetVersion, type LabelCounts, type PendingEdits } from '../../contract';
import { one, type CommandDefinition } from '../command-definition';
import { formatTable } from '../table';
import { findVersion, requireDataset } from '../version-references';

const optionsSchema = z.object({ column: z.string().optional(), of: z.string().optional() });

export const command: CommandDefinition = {
  order: 4,
  usage: 'labels <dataset>',
  description:
    'Count the rows of each class and those without a label, edits included. To label: edit <dataset> --set 1-3:label=cat',
  options: (command) =>
    command
      .option('--column <column>', 'the column with the labels, else the newest, or the target')
      .option('--of <version>', 'the version, else the one that its project works on'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const { services, output } = session;
    const dataset = await requireDataset(session, one(parameters));
    const { id: versionId, number } = await findVersion(session, dataset, options.of);
    const version = await services.datasets.version({ id: versionId });
    const column = options.column ?? likelyColumn(version, await services.edits.pending({ versionId }));
    const counts = await services.labels.counts({ versionId, column });
    output.result({ column, ...counts }, countsText(`${dataset.name}, version ${number}`, column, counts));
  },
};

/** @throws CodedError `argument-invalid` where none suggests itself */
function likelyColumn({ columns, proposed }: DatasetVersion, { added }: PendingEdits): string {
  const lists = columns.filter(({ type }) => type === 'labels' || type === 'boxes' || type === 'spans');
  const name = added[added.length - 1]?.name ?? lists[lists.length - 1]?.name ?? proposed?.target;
  if (name === undefined) throw new CodedError('argument-invalid', { name: '--column', detail: 'Name a column' });
  return name;
}

function countsText(title: string, column: string, { rows, labelled, classes, hasClasses }: LabelCounts): string {
  const head = `${title}: ${column}: ${labelled} of ${rows} rows labelled, ${rows - labelled} missing.`;
  if (!hasClasses || classes.length === 0) return head;
  return [
    head,
    formatTable(
      ['class', 'rows'],
      classes.map((one) => [one.label, one.rows]),
    ),
  ].join('\n');
}
