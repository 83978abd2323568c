/** `train`: a run over a dataset with its project's network and settings, changed where asked, followed to its end. */
import { z } from 'zod';
import { saveRun, startRun } from '../../services/runs';
import { newRunName } from '../../storage/names';
import { enqueueRuns } from '../../storage/run-queue';
import { chosenRun, runOptions } from '../chosen-run';
import { one, type CommandDefinition } from '../command-definition';
import { followTraining } from '../follow';
import { reportRun } from '../run-report';
import type { Session } from '../session';
import { report } from './queue';

const optionsSchema = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  queue: z.boolean().optional(),
});

export const command: CommandDefinition = {
  order: 4,
  usage: 'train <dataset>',
  description: 'Train a network on a dataset (id, name, or the id of a sample, which is imported first where needed).',
  options: (command) =>
    runOptions(command)
      .option('--name <name>', "the run's name")
      .option('--queue', 'let it wait for its turn instead, see `queue`'),
  async run(session, parameters, raw) {
    const { name, queue } = optionsSchema.parse(raw);
    const chosen = await chosenRun(session, one(parameters), raw);
    const { db } = session.library;
    const run = { ...chosen, name: name ?? newRunName(db) };
    if (queue) {
      enqueueRuns(db, [(await saveRun(session.context, run)).id]);
      return report(session);
    }
    await follow(session, (await startRun(session.context, run)).id);
  },
};

/** Follows a run that was just started, and tells how it ended. @throws CodedError the training's own */
export async function follow(session: Session, runId: string): Promise<void> {
  const { name, jobId } = await session.services.runs.get({ id: runId });
  session.output.step({ type: 'run', id: runId, name });
  session.output.say(`Run ${name} (${runId})`);
  if (jobId !== null) await followTraining(session, jobId);
  await reportRun(session, runId);
}
