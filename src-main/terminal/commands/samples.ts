/** `samples`: what can be imported without a file. */
import { samples } from '../../catalog';
import { formatTable } from '../table';
import type { CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 1,
  usage: 'samples',
  description: 'List the samples that come with Tandem.',
  async run({ services, output }) {
    const imported = new Set((await services.datasets.list()).map(({ sample }) => sample));
    const sorted = samples.all.toSorted((one, other) => one.rank - other.rank);
    const list = sorted.map(({ id, label, help, task, rows, target, licence }) => {
      return { id, name: label.en, help: help.en, task, rows, target, licence, imported: imported.has(id) };
    });
    output.result(
      { samples: list },
      formatTable(
        ['id', 'name', 'rows', 'task', 'target', 'imported'],
        list.map((sample) => [
          sample.id,
          sample.name,
          sample.rows,
          sample.task,
          sample.target,
          sample.imported ? 'yes' : 'no',
        ]),
      ),
    );
  },
};
