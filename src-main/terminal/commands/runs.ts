/** `runs`: all saved runs, newest first. */
import { z } from 'zod';
import { findProject } from '../references';
import { bestText } from '../run-report';
import { formatMetric, formatTable, formatTime } from '../table';
import type { CommandDefinition } from '../command-definition';

const optionsSchema = z.object({ project: z.string().optional() });

export const command: CommandDefinition = {
  order: 5,
  usage: 'runs',
  description: 'List the saved runs, newest first.',
  options: (command) => command.option('--project <project>', 'only those of one project (id or name)'),
  async run(session, _, raw) {
    const { project } = optionsSchema.parse(raw);
    const projectId = project === undefined ? null : (await findProject(session, project)).id;
    const runs = await session.services.runs.list({ projectId });
    session.output.result(
      { runs },
      formatTable(
        ['name', 'id', 'dataset', 'state', 'epochs', 'best', 'last loss', 'test accuracy', 'started'],
        runs.map((run) => [
          run.name,
          run.id,
          run.datasetName,
          run.state,
          run.epochsDone,
          bestText(run.best),
          formatMetric(run.last?.['loss']),
          formatMetric(run.test?.['accuracy']),
          formatTime(run.createdAt),
        ]),
      ),
    );
  },
};
