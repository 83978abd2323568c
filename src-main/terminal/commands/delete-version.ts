/** `delete-version`: says what that frees and what stands against it; with `--yes` it does so. */
import { z } from 'zod';
import { one, type CommandDefinition } from '../command-definition';
import { findVersion, requireDataset } from '../version-references';
import { usesText } from '../version-report';

const optionsSchema = z.object({ yes: z.boolean().optional() });

export const command: CommandDefinition = {
  order: 10,
  usage: 'delete-version <dataset> <number>',
  description: 'Show what deleting a version of a dataset would free; with --yes, delete it for good.',
  options: (command) => command.option('--yes', 'delete it; this cannot be undone'),
  async run(session, parameters, raw) {
    const { yes } = optionsSchema.parse(raw);
    const dataset = await requireDataset(session, one(parameters));
    const { id: versionId, number } = await findVersion(session, dataset, one(parameters, 1));
    const { services, output } = session;
    if (yes) {
      const removal = await services.datasets.remove({ versionId });
      output.result(removal, `Version ${number} of ${dataset.name} was deleted: ${removal.bytes} bytes freed.`);
      return;
    }
    const removal = await services.datasets.removal({ versionId });
    const { uses, bytes, isLast, pendingSteps } = removal;
    const lines = [
      `Deleting version ${number} of ${dataset.name} would free ${bytes} bytes.`,
      ...(usesText(uses) === '' ? [] : [`Used by ${usesText(uses)}.`]),
      ...(pendingSteps > 0 ? [`Changes over it that were not used would go with it: ${pendingSteps}.`] : []),
      ...(isLast ? ['It is the only version: the dataset would go with it.'] : []),
      uses.projects.length + uses.runs.length > 0
        ? 'It cannot be deleted while it is in use.'
        : 'Nothing was deleted. Add --yes to delete it.',
    ];
    output.result(removal, lines.join('\n'));
  },
};
