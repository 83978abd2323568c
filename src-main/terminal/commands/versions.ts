/** `versions`: how a dataset changed; with two numbers, how those two differ. */
import { findProjectByDataset } from '../../storage/projects';
import { many, one, type CommandDefinition } from '../command-definition';
import { formatTable, formatTime } from '../table';
import { findVersion, requireDataset } from '../version-references';
import { changesText, comparisonText, usesText } from '../version-report';
import { CodedError } from '../../contract';

export const command: CommandDefinition = {
  order: 4,
  usage: 'versions <dataset> [numbers...]',
  description: 'List the versions of a dataset; with two numbers, compare those.',
  async run(session, parameters) {
    const dataset = await requireDataset(session, one(parameters));
    const { services, output, library } = session;
    const numbers = many(parameters, 1);
    if (numbers.length === 0) {
      const versions = await services.datasets.versions({ datasetId: dataset.id });
      const rows = versions.map((version) => {
        const { number, createdAt, rowCount, columnCount, bytes, changes, pendingSteps, uses } = version;
        const changed = changes ? changesText(changes) : 'imported';
        return [number, formatTime(createdAt), rowCount, columnCount, bytes, changed, pendingSteps, usesText(uses)];
      });
      const head = ['version', 'made', 'rows', 'columns', 'bytes', 'changed', 'not yet used', 'used by'];
      output.result({ versions }, formatTable(head, rows));
      return;
    }
    if (numbers.length !== 2) {
      throw new CodedError('argument-invalid', { name: 'versions', detail: 'give two numbers to compare, or none' });
    }
    const [from, to] = await Promise.all(numbers.map((text) => findVersion(session, dataset, text)));
    if (!from || !to) return;
    const target = findProjectByDataset(library.db, dataset.id)?.data?.target ?? null;
    const comparison = await services.datasets.compare({ from: from.id, to: to.id, target });
    output.result(comparison, comparisonText(comparison));
  },
};
