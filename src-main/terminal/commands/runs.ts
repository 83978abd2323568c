/** `runs`: all saved runs, newest first. */
import { z } from 'zod';
import type { Run } from '../../contract';
import { findProject } from '../references';
import { bestText } from '../run-report';
import { formatMetric, formatTable, formatTime } from '../table';
import { baselineFigure, mainFigure } from '../test-figures';
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
        ['name', 'id', 'dataset', 'state', 'epochs', 'best', 'last loss', 'test', 'baseline', 'started'],
        runs.map((run) => [
          run.name,
          run.id,
          run.datasetName,
          run.state,
          run.epochsDone,
          bestText(run.best),
          formatMetric(run.last?.['loss']),
          ...testCells(run.test),
          formatTime(run.createdAt),
        ]),
      ),
    );
  },
};

/** The main score of the saved model on the test rows, and what a constant answer gets there. */
function testCells(test: Run['test']): [string, string] {
  const name = mainFigure(test);
  if (name === null) return ['–', '–'];
  return [`${name} ${formatMetric(test?.[name])}`, formatMetric(baselineFigure(test, name))];
}
