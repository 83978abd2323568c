/** `delete`: puts runs among the deleted; `restore` brings them back. */
import { findRun } from '../references';
import { many, type CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 10,
  usage: 'delete <runs...>',
  description: 'Delete runs; restore brings them back.',
  async run(session, parameters) {
    const runs = many(parameters).map((text) => findRun(session, text));
    await session.services.runs.remove({ ids: runs.map(({ id }) => id), deleted: true });
    const names = runs.map(({ name }) => name).join(', ');
    session.output.result({ deleted: runs.map(({ id, name }) => ({ id, name })) }, `Deleted: ${names}`);
  },
};
