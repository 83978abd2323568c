/** `datasets`: what was imported. */
import { findProjectByDataset } from '../../storage/projects';
import { splitText } from '../split-option';
import { formatTable, formatTime } from '../table';
import type { CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 3,
  usage: 'datasets',
  description: 'List the imported datasets.',
  async run({ services, library, output }) {
    const datasets = (await services.datasets.list()).map((dataset) => {
      return { ...dataset, split: findProjectByDataset(library.db, dataset.id)?.data?.split ?? null };
    });
    output.result(
      { datasets },
      formatTable(
        ['name', 'id', 'sample', 'rows', 'bytes', 'imported', 'split'],
        datasets.map(({ name, id, sample, rowCount, bytes, createdAt, split }) => {
          return [name, id, sample, rowCount, bytes, formatTime(createdAt), split ? splitText(split) : '–'];
        }),
      ),
    );
  },
};
