/**
 * `network`: a project's network out of a file and into one (Keras's JSON and TensorFlow.js's model.json are read too), in
 * words, or set to one that the task offers.
 */
import { basename, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { checkNetwork, explainNetwork, tasks } from '../../catalog';
import { CodedError, type Project } from '../../contract';
import { readNetworkFile, writeNetworkFile } from '../../services/network-files';
import { findProjectByDataset } from '../../storage/projects';
import { one, type CommandDefinition } from '../command-definition';
import { presetFor, presetsFor } from '../presets';
import type { Session } from '../session';
import { formatTable } from '../table';
import { requireDataset } from '../version-references';

type Chosen = Pick<Project, 'id' | 'network' | 'data' | 'settings'>;
/** @param last the file or the preset. */
type Verb = (session: Session, project: Chosen, last: string) => Promise<void>;

const verbs: Readonly<Record<string, Verb>> = {
  export: exportNetwork,
  import: importNetwork,
  explain,
  presets: listPresets,
  use: applyPreset,
};

export const command: CommandDefinition = {
  order: 3.7,
  usage: 'network <export|import|explain|presets|use> <dataset> [file-or-preset]',
  description:
    'Write the network over a dataset to a JSON file, read it from one (also of Keras or TensorFlow.js), explain it, list the presets of the task, or use one.',
  async run(session, parameters) {
    const dataset = await requireDataset(session, one(parameters, 1));
    const name = one(parameters);
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (!verb) {
      const detail = `is one of ${Object.keys(verbs).join(', ')}`;
      throw new CodedError('argument-invalid', { name: 'network', detail });
    }
    const project = findProjectByDataset(session.library.db, dataset.id);
    if (!project) throw new CodedError('not-found', { what: 'project over the dataset', id: dataset.name });
    await verb(session, project, one(parameters, 2));
  },
};

async function importNetwork(session: Session, project: Chosen, file: string): Promise<void> {
  const { network, from, notes } = await readNetworkFile(resolve(file));
  await session.services.projects.update({ id: project.id, network });
  const lines = [`${network.layers.length} layers were read from ${basename(file)}.`, ...notes.map(({ en }) => en)];
  session.output.result({ layers: network.layers.length, from, notes }, lines.join('\n'));
}

async function exportNetwork(session: Session, { network }: Chosen, file: string): Promise<void> {
  if (file === '') throw new CodedError('argument-invalid', { name: 'file', detail: 'is missing' });
  const path = resolve(file);
  if (!network) throw new CodedError('task-unfit');
  if (existsSync(path)) throw new CodedError('argument-invalid', { name: basename(path), detail: 'is there already' });
  await writeNetworkFile(path, network);
  session.output.result({ file: path }, `The network is in ${path}.`);
}

async function explain(session: Session, { network, data }: Chosen): Promise<void> {
  if (!network || !data) throw new CodedError('task-unfit');
  const { inputShape, target, codes } = await session.services.datasets.describe(data);
  const checked = checkNetwork(network, inputShape, tasks.get(data.task).outputs(target), codes);
  const { whole, layers } = explainNetwork(network, checked, inputShape, target);
  const lines = layers.map(({ id, name, sentence }) => `\n${name.en} (${id})\n  ${sentence.en}`);
  session.output.result({ whole, layers }, [whole.en, ...lines].join('\n'));
}

async function listPresets(session: Session, { data }: Chosen): Promise<void> {
  if (!data) throw new CodedError('task-unfit');
  const { inputShape, target, codes } = await session.services.datasets.describe(data);
  const presets = (await presetsFor(session, data)).map(({ id, help, network }) => {
    const checked = checkNetwork(network, inputShape, tasks.get(data.task).outputs(target), codes);
    const parameters = checked.trainable + checked.fixed;
    return { id, layers: network.layers.length, parameters, multiplyAdds: checked.multiplyAdds, help };
  });
  const rows = presets.map(({ id, layers, parameters, multiplyAdds, help }) => {
    return [id, layers, parameters, multiplyAdds, help.en];
  });
  const header = ['preset', 'layers', 'parameters', 'multiply-adds', 'what for'];
  session.output.result({ presets }, formatTable(header, rows));
}

async function applyPreset(session: Session, { id, data, settings: before }: Chosen, name: string): Promise<void> {
  if (!data) throw new CodedError('task-unfit');
  const { network, label, settings: own } = await presetFor(session, data, name);
  const settings = own && before ? { settings: { ...before, ...own } } : {};
  await session.services.projects.update({ id, network, ...settings });
  session.output.result({ preset: name, layers: network.layers.length }, `The network is now "${label.en}".`);
}
