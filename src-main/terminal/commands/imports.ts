/** `imports`: interrupted imports that can go on; with `--discard`, one of them goes for good. */
import { z } from 'zod';
import type { CommandDefinition } from '../command-definition';
import { formatTable, formatTime } from '../table';

const optionsSchema = z.object({ discard: z.string().optional() });

export const command: CommandDefinition = {
  order: 3,
  usage: 'imports',
  description: 'List interrupted imports that `import --resume` can go on with.',
  options: (command) => command.option('--discard <job>', 'discard one, by its id: nothing of it stays'),
  async run({ services, output }, _, raw) {
    const { discard } = optionsSchema.parse(raw);
    if (discard !== undefined) {
      await services.jobs.discardImport({ id: discard });
      output.result({ discarded: discard }, 'The interrupted import was discarded.');
      return;
    }
    const imports = await services.jobs.interruptedImports();
    output.result(
      { imports },
      imports.length === 0
        ? 'No import was interrupted.'
        : formatTable(
            ['name', 'id', 'interrupted', 'at', 'kept until'],
            imports.map(({ job, keptUntil }) => [
              job.subject,
              job.id,
              formatTime(job.endedAt ?? job.createdAt),
              job.progress ? `${job.progress.stage} ${job.progress.done}/${job.progress.total ?? '?'}` : '',
              formatTime(keptUntil),
            ]),
          ),
    );
  },
};
