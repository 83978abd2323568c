/** `network`: a project's network out of a file and into one; Keras's JSON and TensorFlow.js's model.json are read too. */
import { basename, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { checkNetwork, explainNetwork, tasks } from '../../catalog';
import { CodedError, type Dataset } from '../../contract';
import { readNetworkFile, writeNetworkFile } from '../../services/network-files';
import { findProjectByDataset } from '../../storage/projects';
import { one, type CommandDefinition } from '../command-definition';
import type { Session } from '../session';
import { requireDataset } from '../version-references';

export const command: CommandDefinition = {
  order: 3.7,
  usage: 'network <export|import|explain> <dataset> [file]',
  description:
    'Write the network over a dataset to a JSON file, read it from one (also of Keras or TensorFlow.js), or explain it.',
  async run(session, parameters) {
    const verb = one(parameters);
    const dataset = await requireDataset(session, one(parameters, 1));
    if (verb === 'explain') return explain(session, dataset);
    const path = resolve(one(parameters, 2));
    const file = basename(path);
    const project = findProjectByDataset(session.library.db, dataset.id);
    if (!project) throw new CodedError('not-found', { what: 'project over the dataset', id: dataset.name });
    if (verb === 'import') {
      const { network, from, notes } = await readNetworkFile(path);
      await session.services.projects.update({ id: project.id, network });
      const lines = [`${network.layers.length} layers were read from ${file}.`, ...notes.map(({ en }) => en)];
      return session.output.result({ layers: network.layers.length, from, notes }, lines.join('\n'));
    }
    if (verb !== 'export')
      throw new CodedError('argument-invalid', { name: 'network', detail: 'is export, import or explain' });
    if (one(parameters, 2) === '') throw new CodedError('argument-invalid', { name: 'file', detail: 'is missing' });
    if (!project.network) throw new CodedError('task-unfit');
    if (existsSync(path)) throw new CodedError('argument-invalid', { name: file, detail: 'is there already' });
    await writeNetworkFile(path, project.network);
    session.output.result({ file: path }, `The network is in ${path}.`);
  },
};

async function explain(session: Session, dataset: Dataset): Promise<void> {
  const project = findProjectByDataset(session.library.db, dataset.id);
  if (!project?.network || !project.data) throw new CodedError('task-unfit');
  const { inputShape, target, codes } = await session.services.datasets.describe(project.data);
  const checked = checkNetwork(project.network, inputShape, tasks.get(project.data.task).outputs(target), codes);
  const { whole, layers } = explainNetwork(project.network, checked, inputShape, target);
  const lines = layers.map(({ id, name, sentence }) => `\n${name.en} (${id})\n  ${sentence.en}`);
  session.output.result({ whole, layers }, [whole.en, ...lines].join('\n'));
}
