/** `delete`: puts runs among the deleted, from which `restore` brings them back for 30 days; or takes deleted ones out for good. */
import { z } from 'zod';
import { many, type CommandDefinition } from '../command-definition';
import { chosenRuns } from '../run-rows';
import { megabytes } from '../table';

const optionsSchema = z.object({ where: z.string().optional(), forGood: z.boolean().optional() });

export const command: CommandDefinition = {
  order: 10,
  usage: 'delete [runs...]',
  description: 'Delete runs; restore brings them back within 30 days.',
  options: (command) =>
    command
      .option('--where <query>', "those that a query finds too, such as 'val_acc < 0.5'")
      .option('--for-good', 'take runs that were deleted out of the library, so that their space is free'),
  async run(session, parameters, raw) {
    const { where, forGood = false } = optionsSchema.parse(raw);
    const runs = await chosenRuns(session, { texts: many(parameters), where, deleted: forGood });
    const ids = runs.map(({ id }) => id);
    const { services, output } = session;
    const bytes = ids.length === 0 ? 0 : await services.runs.bytes({ ids });
    if (ids.length > 0) await (forGood ? services.runs.purge({ ids }) : services.runs.remove({ ids, deleted: true }));
    const names = runs.map(({ name }) => name).join(', ') || 'none';
    output.result(
      { deleted: runs.map(({ id, name }) => ({ id, name })), bytes, forGood },
      forGood
        ? `Deleted for good: ${names}. ${megabytes(bytes)} of the library are free for new runs.`
        : `Deleted: ${names}. ${megabytes(bytes)} become free in 30 days, or with --for-good.`,
    );
  },
};
