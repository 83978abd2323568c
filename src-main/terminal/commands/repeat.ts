/** `repeat`: trains the setup of a run again with other seeds, one after another, and tells how far the figures spread. */
import { z } from 'zod';
import { runsAlike } from '../../catalog';
import type { Run } from '../../contract';
import { createRepeats } from '../../services/comparisons';
import { startTraining } from '../../services/runs';
import { setRunState } from '../../storage/runs';
import { one, type CommandDefinition } from '../command-definition';
import { findRun } from '../references';
import type { Session } from '../session';
import { mainFigure } from '../test-figures';
import { seedText } from '../verdict-text';
import { follow } from './train';

const optionsSchema = z.object({ seeds: z.coerce.number().int().min(2).max(50) });

export const command: CommandDefinition = {
  order: 7.5,
  usage: 'repeat <run>',
  description: 'Train the setup of a run again with other seeds, until so many runs differ by their seed alone.',
  options: (command) => command.option('--seeds <count>', 'runs in all, that one included', '5'),
  async run(session, parameters, raw) {
    const { seeds } = optionsSchema.parse(raw);
    const run = findRun(session, one(parameters));
    await train(session, createRepeats(session.context, run.id, seeds));
    const alike = runsAlike(run, await session.services.runs.list({ projectId: run.projectId })).toReversed();
    const figure = mainFigure(run.test);
    session.output.result(
      { runs: alike.map(({ id, name, state, settings, test }) => ({ id, name, state, seed: settings.seed, test })) },
      figure === null ? undefined : ['', ...seedText([alike], figure)].join('\n'),
    );
  },
};

/** Where one ends badly or the person stops, those that wait are stopped too. @throws CodedError the training's own */
async function train(session: Session, runs: readonly Run[]): Promise<void> {
  const waiting = runs.map(({ id }) => id);
  try {
    for (let id = waiting.shift(); id !== undefined && !session.interrupted(); id = waiting.shift()) {
      startTraining(session.context, id);
      await follow(session, id);
    }
  } finally {
    for (const { id } of runs) {
      const { state } = await session.services.runs.get({ id });
      if (state === 'queued') setRunState(session.library.db, id, 'stopped');
    }
  }
}
