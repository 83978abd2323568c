/** `network`: a project's network out of a file and into one; Keras's JSON and TensorFlow.js's model.json are read too. */
import { basename, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { CodedError } from '../../contract';
import { readNetworkFile, writeNetworkFile } from '../../services/network-files';
import { findProjectByDataset } from '../../storage/projects';
import { one, type CommandDefinition } from '../command-definition';
import { requireDataset } from '../version-references';

export const command: CommandDefinition = {
  order: 3.7,
  usage: 'network <export|import> <dataset> <file>',
  description: 'Write the network over a dataset to a JSON file, or read it from one (also of Keras or TensorFlow.js).',
  async run(session, parameters) {
    const verb = one(parameters);
    const dataset = await requireDataset(session, one(parameters, 1));
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
    if (verb !== 'export') throw new CodedError('argument-invalid', { name: 'network', detail: 'is export or import' });
    if (!project.network) throw new CodedError('task-unfit');
    if (existsSync(path)) throw new CodedError('argument-invalid', { name: file, detail: 'is there already' });
    await writeNetworkFile(path, project.network);
    session.output.result({ file: path }, `The network is in ${path}.`);
  },
};
