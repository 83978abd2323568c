/**
 * Models as Keras (2 and 3) and TensorFlow.js write them in JSON: layers and their connections, read as data. Nothing of such
 * a file is run: a kind of layer that the catalog does not have, code among them, is refused by its place and name.
 */
import { z } from 'zod';
import {
  CodedError,
  dataSource,
  layerSpecSchema,
  type LayerSpec,
  type NetworkSpec,
  type Shape,
  type Text,
} from '../contract';
import type { KerasConfig, LayerDefinition } from './definitions';
import { parseFields } from './fields';
import { layers } from './index';
import { KerasMismatch, own } from './keras-config';
import { checkNetwork } from './network';

const entrySchema = z.looseObject({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: z.array(z.unknown()).optional(),
});
type Entry = z.infer<typeof entrySchema>;

const entriesSchema = z.array(entrySchema).max(600);
const modelSchema = z.looseObject({
  class_name: z.enum(['Sequential', 'Functional', 'Model']),
  /** Keras before 2.2 wrote a sequential model's layers alone. */
  config: z.union([entriesSchema, z.looseObject({ layers: entriesSchema, output_layers: z.unknown().optional() })]),
});

/** A layer's name and the names it takes from. */
interface Placed {
  readonly entry: Entry;
  readonly name: string;
  /** Its place in the file, from 1. */
  readonly number: number;
  readonly inputs: readonly string[];
  readonly call: Call;
}

/** What a layer was called with: layers that it takes from, without names in their order and by the names of arguments, and the rest. */
interface Call {
  readonly unnamed: readonly string[];
  readonly named: ReadonlyMap<string, string>;
  readonly settings: KerasConfig;
}
const noCall: Call = { unnamed: [], named: new Map(), settings: {} };

/**
 * @param value parsed JSON that has `class_name`. @param file its name, for errors.
 * @throws CodedError `network-file-invalid`, `keras-layer-unknown`, `keras-unsupported`.
 */
export function readKerasModel(value: unknown, file: string): { network: NetworkSpec; notes: readonly Text[] } {
  const refuse = (detail: string) => new CodedError('network-file-invalid', { file, detail });
  const parsed = modelSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'it has another form'}`);
  }
  const { class_name: kind, config } = parsed.data;
  const entries = Array.isArray(config) ? config : config.layers;
  const placed = kind === 'Sequential' ? sequential(entries) : functional(entries, file);
  const inputs = placed.filter(({ entry }) => entry.class_name === 'InputLayer');
  if (inputs.length > 1) throw refuse(`it has ${inputs.length} inputs; a network here has one`);
  const ends = Array.isArray(config) ? 1 : outputNames(config.output_layers).length;
  if (ends > 1) throw refuse(`it has ${ends} outputs; a network here has one`);
  const inner = placed.filter(({ entry }) => entry.class_name !== 'InputLayer');
  const ids = idsOf(inner, inputs[0]?.name);
  const taken = new Set(inner.flatMap((layer) => layer.inputs));
  const notes: Text[] = [];
  const specs = inner.map((layer, index): LayerSpec => {
    const isLast = kind === 'Sequential' ? index === inner.length - 1 : !taken.has(layer.name);
    const definition = definitionOf(layer, file);
    const fields = fieldsOf(layer, definition, { file, isLast, notes });
    const from = sourcesOf(layer, definition, file).map((name) => ids.get(name) ?? name);
    const before = inner[index - 1] ? ids.get(inner[index - 1]?.name ?? '') : dataSource;
    const isPlain = kind === 'Sequential' || (from.length === 1 && from[0] === before);
    return { id: ids.get(layer.name) ?? layer.name, type: definition.id, fields, ...(isPlain ? {} : { inputs: from }) };
  });
  const checked = z.array(layerSpecSchema).max(500).safeParse(specs);
  if (!checked.success) throw refuse(checked.error.issues[0]?.message ?? 'its connections cannot be read');
  return { network: densePerStep({ layers: checked.data }, inputShapeOf(entries)), notes };
}

/** Of one example, as the file says it; of a side that may be of any length some length. Null where it does not say. */
function inputShapeOf([first]: readonly Entry[]): Shape | null {
  const shape = own(first?.config ?? {}, 'batch_shape') ?? own(first?.config ?? {}, 'batch_input_shape');
  const parsed = z.array(z.number().int().min(1).nullable()).min(2).max(5).safeParse(shape);
  return parsed.success ? parsed.data.slice(1).map((side) => side ?? 16) : null;
}

/** Keras's dense layers also take sequences and pictures, and change each step or place by itself: another layer here. */
function densePerStep(network: NetworkSpec, inputShape: Shape | null): NetworkSpec {
  if (inputShape === null) return network;
  let { layers: specs } = network;
  // What follows a layer that was changed is known only then.
  for (;;) {
    const { layers: checked } = checkNetwork({ layers: specs }, inputShape, 1);
    const at = specs.findIndex(
      ({ type }, index) => type === 'dense' && (checked[index]?.inputShapes?.[0]?.length ?? 1) > 1,
    );
    const spec = specs[at];
    if (!spec) return { layers: specs };
    specs = specs.with(at, { ...spec, type: 'time-distributed-dense' });
  }
}

function sequential(entries: readonly Entry[]): Placed[] {
  return entries.map((entry, index) => ({
    ...{ entry, name: nameOf(entry, index), number: index + 1, inputs: [], call: noCall },
  }));
}

/** @throws CodedError `keras-unsupported` for a layer that is used more than once. */
function functional(entries: readonly Entry[], file: string): Placed[] {
  return entries.map((entry, index): Placed => {
    const name = nameOf(entry, index);
    const nodes = entry.inbound_nodes ?? [];
    if (nodes.length > 1) {
      const detail = 'it is used in several places; here each layer has one';
      throw new CodedError('keras-unsupported', { file, number: index + 1, name, kind: entry.class_name, detail });
    }
    const call = callIn(nodes[0]);
    return { entry, name, number: index + 1, inputs: [...call.unnamed, ...call.named.values()], call };
  });
}

function nameOf({ name, config }: Entry, index: number): string {
  const inner = own(config, 'name');
  return name ?? (typeof inner === 'string' ? inner : `layer-${index + 1}`);
}

/** Arguments of layers are nested so deep at most: a list of tensors in the list of arguments of a node. */
const deepest = 6;

/**
 * Keras 2: `[["name", 0, 0, {…}], …]`, where the last holds what else the layer was called with, tensors as `["name", 0, 0]`;
 * a call by names alone stands behind `["_CONSTANT_VALUE", -1, null, {…}]`. Keras 3: `{ args: […], kwargs: {…} }`, with
 * tensors as `keras_history: ["name", 0, 0]`.
 */
function callIn(node: unknown): Call {
  const more = Array.isArray(node) ? (node as readonly unknown[]).flatMap(argumentsOf) : [ownObject(node, 'kwargs')];
  const named = new Map<string, string>();
  const settings: Record<string, unknown> = {};
  for (const [key, value] of more.flatMap((one) => Object.entries(one))) {
    const [source] = sourcesIn(value);
    if (source === undefined) settings[key] = value;
    else named.set(key, source);
  }
  return { unnamed: sourcesIn(node), named, settings };
}

function argumentsOf(part: unknown): KerasConfig[] {
  const last: unknown = Array.isArray(part) ? part[3] : undefined;
  return typeof last === 'object' && last !== null && !Array.isArray(last) ? [last as KerasConfig] : [];
}

function ownObject(value: unknown, key: string): KerasConfig {
  const inner = typeof value === 'object' && value !== null ? own(value as KerasConfig, key) : undefined;
  return typeof inner === 'object' && inner !== null ? (inner as KerasConfig) : {};
}

/** Names of the layers that tensors come from, without those that are given by name. */
function sourcesIn(node: unknown, depth = 0): string[] {
  if (depth > deepest || typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) {
    const [name, place] = node as readonly unknown[];
    if (typeof name === 'string' && typeof place === 'number') return name === '_CONSTANT_VALUE' ? [] : [name];
    return (node as readonly unknown[]).flatMap((part) => sourcesIn(part, depth + 1));
  }
  const object = node as KerasConfig;
  const config = own(object, 'config');
  if (own(object, 'class_name') === '__keras_tensor__' && typeof config === 'object' && config !== null) {
    return sourcesIn(own(config as KerasConfig, 'keras_history'), depth + 1);
  }
  return sourcesIn(own(object, 'args'), depth + 1);
}

/** `["name", 0, 0]` or a list of such. */
function outputNames(value: unknown): string[] {
  return sourcesIn(value);
}

/** Ids for names: what ids may hold, each once. */
function idsOf(placed: readonly Placed[], input: string | undefined): ReadonlyMap<string, string> {
  const ids = new Map<string, string>(input === undefined ? [] : [[input, dataSource]]);
  const taken = new Set<string>();
  for (const { name } of placed) {
    const plain =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 34)
        .replace(/^-+|-+$/g, '') || 'layer';
    let id = plain;
    for (let number = 2; taken.has(id); number++) id = `${plain}-${number}`;
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}

/** @throws CodedError `keras-layer-unknown` */
function definitionOf({ entry, name, number, inputs }: Placed, file: string): LayerDefinition {
  const found = layers.all.find(
    ({ keras }) => keras?.classNames.includes(entry.class_name) && (keras.takes?.(inputs) ?? true),
  );
  if (found) return found;
  throw new CodedError('keras-layer-unknown', { file, number, name, kind: entry.class_name.slice(0, 80) });
}

/** Names of the layers that it takes from, in the order of its inputs, one that is taken twice once. @throws CodedError `keras-unsupported` */
function sourcesOf({ entry, name, number, call }: Placed, { keras, inputs }: LayerDefinition, file: string): string[] {
  const refuse = (detail: string) =>
    new CodedError('keras-unsupported', { ...{ file, number, name, detail }, kind: entry.class_name });
  const names = keras?.inputNames ?? ['inputs'];
  const unknown = [...call.named.keys()].find((key) => !names.includes(key));
  if (unknown !== undefined) throw refuse(`it takes ${unknown} from another layer`);
  if (!keras?.inputNames) return [...call.unnamed, ...call.named.values()];
  const given = names.flatMap((key, at) => call.named.get(key) ?? call.unnamed[at] ?? []);
  const sources = [...new Set(given)];
  // Keys are of what the values are of.
  if (sources.length > inputs.maximum || given.slice(1).some((one) => one !== given[1])) {
    throw refuse('it takes keys and values from different layers');
  }
  return sources;
}

interface Reading {
  readonly file: string;
  readonly isLast: boolean;
  readonly notes: Text[];
}

/** @throws CodedError `keras-unsupported` */
function fieldsOf(
  { entry, name, number, call }: Placed,
  definition: LayerDefinition,
  { file, isLast, notes }: Reading,
) {
  const place = { file, number, name, kind: entry.class_name };
  const isSoftmax = own(entry.config, 'activation') === 'softmax' && isLast;
  if (isSoftmax) {
    notes.push({
      en: `Layer ${number} ("${name}") ended with softmax. The loss here takes what comes before it, so it was left out.`,
      zh: `第 ${number} 层（“${name}”）以 softmax 结尾。这里的损失使用它之前的值，因此已去掉。`,
    });
  }
  if (own(entry.config, 'use_bias') === false) {
    notes.push({
      en: `Layer ${number} ("${name}") had no bias; here it has one.`,
      zh: `第 ${number} 层（“${name}”）没有偏置；这里有偏置。`,
    });
  }
  if (own(entry.config, 'mask_zero') === true) {
    notes.push({
      en: `Layer ${number} ("${name}") hides code 0 from the layers behind it. Here it gives zeros, and global pooling and attention leave it out; recurrent layers read the zeros.`,
      zh: `第 ${number} 层（“${name}”）对后面的层隐藏编号 0。这里它输出零，全局池化和注意力会忽略它；循环层会读入这些零。`,
    });
  }
  const called = { ...entry.config, ...call.settings };
  const config = isSoftmax ? { ...called, activation: 'linear' } : called;
  try {
    return { ...parseFields(definition.fields, definition.keras?.read(config, entry.class_name) ?? {}, name) };
  } catch (error) {
    if (error instanceof KerasMismatch) throw new CodedError('keras-unsupported', { ...place, detail: error.message });
    if (!(error instanceof CodedError)) throw error;
    const { field, detail } = error.parameters;
    throw new CodedError('keras-unsupported', { ...place, detail: `${field ?? ''} ${detail ?? ''}` }, error);
  }
}
