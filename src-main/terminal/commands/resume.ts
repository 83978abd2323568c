/** `resume`: goes on with a run that was stopped or interrupted, from its last complete epoch. */
import { findRun } from '../references';
import { one, type CommandDefinition } from '../command-definition';
import { follow } from './train';

export const command: CommandDefinition = {
  order: 8,
  usage: 'resume <run>',
  description: 'Go on with a run that was stopped or interrupted.',
  async run(session, parameters) {
    const { id } = findRun(session, one(parameters));
    await session.services.runs.resume({ id });
    await follow(session, id);
  },
};
