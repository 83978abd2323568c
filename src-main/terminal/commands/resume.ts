/** `resume`: goes on with a run that was stopped or interrupted, and trains a finished one further. */
import { z } from 'zod';
import { adjustmentSchema, type Adjustment } from '../../contract';
import { resumeRun } from '../../services/runs';
import { one, type CommandDefinition } from '../command-definition';
import { findRun } from '../references';
import { follow } from './train';

const optionsSchema = z.object({
  more: z.coerce.number().int().min(1).optional(),
  learningRate: z.coerce.number().optional(),
  patience: z.coerce.number().optional(),
});

export const command: CommandDefinition = {
  order: 8,
  usage: 'resume <run>',
  description: 'Go on with a run that was stopped or interrupted, or train a finished one further.',
  options: (command) =>
    command
      .option('--more <epochs>', 'train so many epochs more than are done')
      .option('--learning-rate <rate>', 'go on with another learning rate')
      .option('--patience <epochs>', 'go on with another patience of early stopping'),
  async run(session, parameters, raw) {
    const { id, epochsDone } = findRun(session, one(parameters));
    const { more, ...others } = optionsSchema.parse(raw);
    const changes: Adjustment = { ...others, ...(more === undefined ? {} : { epochs: epochsDone + more }) };
    if (Object.keys(changes).length > 0) {
      await session.services.runs.adjust({ id, changes: adjustmentSchema.parse(changes) });
    }
    resumeRun(session.context, id);
    await follow(session, id);
  },
};
