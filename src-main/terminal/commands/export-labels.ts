/** `export-labels`: a dataset's labels, pending changes among them, as files for other tools. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { exportLabelsResultSchema } from '../../contract';
import { labelFormats } from '../../data/label-format';
import { startLabelExport } from '../../services/label-exports';
import { collect, one, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import { findVersion, requireDataset } from '../version-references';

const optionsSchema = z.object({
  format: z.string(),
  to: z.string(),
  of: z.string().optional(),
  column: z.array(z.string()),
  pictures: z.boolean().optional(),
  replace: z.boolean().optional(),
});

export const command: CommandDefinition = {
  order: 5,
  usage: 'export-labels <dataset>',
  description: 'Write labels into files for other tools; changes that no version was made of yet are among them.',
  options: (command) =>
    command
      .requiredOption('--format <format>', labelFormats.all.map(({ id }) => id).join(', '))
      .requiredOption('--to <path>', 'the file (csv) or the folder to make')
      .option('--of <version>', 'the version, else the one that its project works on')
      .option(
        '--column <column>',
        'a column to write, else all that hold labels; may be given several times',
        collect,
        [],
      )
      .option('--pictures', 'put the pictures beside their boxes, so that the folder can be imported as it is')
      .option('--replace', 'write over a file that is there'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const dataset = await requireDataset(session, one(parameters));
    const { id: versionId } = await findVersion(session, dataset, options.of);
    const place = resolve(options.to);
    const job = startLabelExport(session.context, {
      versionId,
      format: options.format,
      columns: options.column,
      pictures: options.pictures ?? false,
      place,
      replace: options.replace ?? false,
    });
    const result = exportLabelsResultSchema.parse(await followProgress(session, job.id));
    session.output.result({ ...result, place }, `${result.labels} labels of ${result.rows} rows are in ${place}.`);
  },
};
