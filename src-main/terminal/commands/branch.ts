/** `branch`: a new run that begins with what an earlier one had learnt by one of its kept epochs. */
import type { Command } from 'commander';
import { z } from 'zod';
import { branchInputSchema } from '../../contract';
import { saveBranch } from '../../services/branches';
import { startTraining } from '../../services/runs';
import { enqueueRuns } from '../../storage/run-queue';
import { one, type CommandDefinition } from '../command-definition';
import { findRun } from '../references';
import { report } from './queue';
import { follow } from './train';

const { changes, name } = branchInputSchema.shape;
const { epochs, learningRate, batchSize, seed } = changes.shape;
const asNumber = (text: unknown) => (text === undefined ? undefined : Number(text));

const optionsSchema = z.object({
  epoch: z.union([z.enum(['best', 'last']), z.coerce.number().int().min(1)]),
  optimizer: z.boolean(),
  now: z.boolean().optional(),
  epochs: z.preprocess(asNumber, epochs),
  learningRate: z.preprocess(asNumber, learningRate),
  batchSize: z.preprocess(asNumber, batchSize),
  seed: z.preprocess(asNumber, seed),
  name,
  queue: z.boolean().optional(),
});

export const command: CommandDefinition = {
  order: 8.5,
  usage: 'branch <run>',
  description: 'Train a new run that begins with what a run had learnt by one of its kept epochs.',
  options: (command: Command) =>
    command
      .option('--epoch <epoch>', 'best, last, or the number of one that is kept (see --set keepEvery=5)', 'last')
      .option('--no-optimizer', 'begin with the weights alone: the optimizer and the count of epochs begin anew')
      .option('--now', "with the project's data, network and settings as they are now, instead of the run's")
      .option('--epochs <count>', 'epochs to train after that')
      .option('--learning-rate <rate>', 'another learning rate')
      .option('--batch-size <count>', 'another batch size')
      .option('--seed <number>', 'another seed')
      .option('--name <name>', "the run's name")
      .option('--queue', 'let it wait for its turn instead, see `queue`'),
  async run(session, parameters, raw) {
    const { epoch, optimizer, now, name, queue, ...changes } = optionsSchema.parse(raw);
    const { id: runId } = findRun(session, one(parameters));
    const setup = now ? ('project' as const) : ('run' as const);
    const { id } = await saveBranch(session.context, { runId, epoch, withOptimizer: optimizer, setup, changes, name });
    if (queue) {
      enqueueRuns(session.library.db, [id]);
      return report(session);
    }
    startTraining(session.context, id);
    await follow(session, id);
  },
};
