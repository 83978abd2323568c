/** `datasets`: what was imported. */
import { formatTable, formatTime } from '../table';
import type { CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 3,
  usage: 'datasets',
  description: 'List the imported datasets.',
  async run({ services, output }) {
    const datasets = await services.datasets.list();
    output.result(
      { datasets },
      formatTable(
        ['name', 'id', 'sample', 'rows', 'bytes', 'imported'],
        datasets.map(({ name, id, sample, rowCount, bytes, createdAt }) => {
          return [name, id, sample, rowCount, bytes, formatTime(createdAt)];
        }),
      ),
    );
  },
};
