/** `append`: files as further rows of a dataset; a new version is made, on which its project goes on. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { appendResultSchema } from '../../contract';
import { startAppend } from '../../services/jobs';
import { many, one, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import { findVersion, requireDataset } from '../version-references';
import { readReport } from './report';

const optionsSchema = z.object({ of: z.string().optional() });

export const command: CommandDefinition = {
  order: 4,
  usage: 'append <dataset> <path...>',
  description:
    'Add rows from a file or folder of the same kind: a new version is made, whose old rows keep their part.',
  options: (command) =>
    command.option('--of <version>', 'the version to add to, else the one that its project works on'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const dataset = await requireDataset(session, one(parameters));
    const { id } = await findVersion(session, dataset, options.of);
    const [first = '', ...others] = many(parameters, 1).map((path) => resolve(path));
    const source =
      others.length === 0
        ? { kind: 'file' as const, path: first }
        : { kind: 'files' as const, paths: [first, ...others] };
    const job = await startAppend(session.context, { source, versionId: id });
    const { versionId, rows, unmatched, copied } = appendResultSchema.parse(await followProgress(session, job.id));
    const version = await session.services.datasets.version({ id: versionId });
    const leftOut = (await readReport(session, versionId)).entries.length;
    const notes = [
      `${dataset.name}, version ${version.number}: ${rows} rows added, ${version.rowCount} in all.`,
      ...(unmatched.length > 0 ? [`Left out, as ${dataset.name} has no such columns: ${unmatched.join(', ')}.`] : []),
      ...(copied > 0
        ? [
            `Pictures and sounds of the version before were copied, ${copied} bytes; deleting that version gives them back.`,
          ]
        : []),
      ...(leftOut > 0 ? [`See tandem report ${dataset.name} for what was left out.`] : []),
    ];
    session.output.result(
      { versionId, number: version.number, rows, rowCount: version.rowCount, unmatched, copied },
      notes.join('\n'),
    );
  },
};
