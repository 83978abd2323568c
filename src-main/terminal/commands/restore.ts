/** `restore`: brings deleted runs back. */
import { findRun } from '../references';
import { many, type CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 11,
  usage: 'restore <runs...>',
  description: 'Bring deleted runs back.',
  async run(session, parameters) {
    const runs = many(parameters).map((text) => findRun(session, text, { deleted: true }));
    await session.services.runs.remove({ ids: runs.map(({ id }) => id), deleted: false });
    const names = runs.map(({ name }) => name).join(', ');
    session.output.result({ restored: runs.map(({ id, name }) => ({ id, name })) }, `Restored: ${names}`);
  },
};
