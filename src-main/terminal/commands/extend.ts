/** `extend`: more epochs for a run that came to its end, from where it ended. */
import { CodedError } from '../../contract';
import { one, type CommandDefinition } from '../command-definition';
import { findRun } from '../references';
import { follow } from './train';

export const command: CommandDefinition = {
  order: 8.5,
  usage: 'extend <run> <epochs>',
  description: 'Train a finished or stopped run so many epochs further, from where it ended.',
  async run(session, parameters) {
    const { id } = findRun(session, one(parameters));
    const epochs = Number(one(parameters, 1));
    if (!Number.isInteger(epochs) || epochs < 1) {
      throw new CodedError('argument-invalid', {
        name: 'epochs',
        detail: `"${one(parameters, 1)}" is no whole number from 1 on`,
      });
    }
    await session.services.runs.extend({ id, epochs });
    await follow(session, id);
  },
};
