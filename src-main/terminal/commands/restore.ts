/** `restore`: brings deleted runs back. */
import { z } from 'zod';
import { many, type CommandDefinition } from '../command-definition';
import { chosenRuns } from '../run-rows';

const optionsSchema = z.object({ where: z.string().optional() });

export const command: CommandDefinition = {
  order: 11,
  usage: 'restore [runs...]',
  description: 'Bring deleted runs back.',
  options: (command) => command.option('--where <query>', 'the deleted ones that a query finds too'),
  async run(session, parameters, raw) {
    const { where } = optionsSchema.parse(raw);
    const runs = await chosenRuns(session, { texts: many(parameters), where, deleted: true });
    const ids = runs.map(({ id }) => id);
    if (ids.length > 0) await session.services.runs.remove({ ids, deleted: false });
    const names = runs.map(({ name }) => name).join(', ') || 'none';
    session.output.result({ restored: runs.map(({ id, name }) => ({ id, name })) }, `Restored: ${names}`);
  },
};
