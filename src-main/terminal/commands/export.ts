/** `export`: runs or a project as one `.tandem` file, or runs as a folder that another tool reads. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { z } from 'zod';
import { runFormats } from '../../catalog';
import { CodedError, exportPortableResultSchema, exportRunsResultSchema, type PortableSubject } from '../../contract';
import { startPortableExport, startRunsExport } from '../../services/exports';
import { findProjectByDataset } from '../../storage/projects';
import { findRuns, isRunDeleted } from '../../storage/runs';
import { many, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import { findDataset, findProject, findRun } from '../references';
import type { Session } from '../session';
import { megabytes } from '../table';

const optionsSchema = z.object({
  format: z.string(),
  withoutData: z.boolean().optional(),
  replace: z.boolean().optional(),
});

const TANDEM = 'tandem';

export const command: CommandDefinition = {
  order: 9.7,
  usage: 'export <what...>',
  description:
    'Write runs or a project into a file: RUN… or PROJECT, and last the file (.tandem) or, for other tools, the folder to make.',
  options: (command) =>
    command
      .addOption(
        new Option('--format <format>', 'the form')
          .choices([TANDEM, ...runFormats.all.map(({ id }) => id)])
          .default(TANDEM),
      )
      .option('--without-data', 'leave the rows out: only their hashes go along, and it opens where the same data is')
      .option('--replace', 'write over a file that is there'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const words = many(parameters);
    const place = words.at(-1);
    if (place === undefined || words.length < 2) {
      throw new CodedError('argument-invalid', { name: 'what', detail: 'say what to export, and last where to' });
    }
    const names = words.slice(0, -1);
    if (options.format === TANDEM) await exportFile(session, names, resolve(place), options);
    else await exportFolder(session, names, resolve(place), options.format);
  },
};

async function exportFile(
  session: Session,
  names: readonly string[],
  place: string,
  { withoutData = false, replace = false }: z.output<typeof optionsSchema>,
): Promise<void> {
  const subject = await subjectOf(session, names);
  const job = startPortableExport(session.context, { subject, data: !withoutData, place, replace });
  const result = exportPortableResultSchema.parse(await followProgress(session, job.id));
  const what = `${result.runs} run${result.runs === 1 ? '' : 's'}`;
  const data = withoutData ? 'without the data, which whoever opens it must have' : 'with the data';
  session.output.result({ ...result, place }, `${what} ${data}: ${place} (${megabytes(result.bytes)}).`);
}

async function exportFolder(session: Session, names: readonly string[], place: string, format: string): Promise<void> {
  const ids = names.map((name) => findRun(session, name).id);
  const job = startRunsExport(session.context, { ids, format, place });
  const result = exportRunsResultSchema.parse(await followProgress(session, job.id));
  const about = runFormats.get(format).about.en;
  session.output.result({ ...result, place }, `${place}: ${about}`);
}

/** Runs by name or id; where no run has the one name, the project of that name or over the dataset. */
async function subjectOf(session: Session, names: readonly string[]): Promise<PortableSubject> {
  const [only = ''] = names;
  const { db } = session.library;
  if (names.length > 1 || findRuns(db, only).some(({ id }) => !isRunDeleted(db, id))) {
    return { kind: 'runs', ids: names.map((name) => findRun(session, name).id) };
  }
  const dataset = await findDataset(session, only);
  const project = dataset ? findProjectByDataset(db, dataset.id) : await findProject(session, only);
  return { kind: 'project', id: project?.id ?? only };
}
