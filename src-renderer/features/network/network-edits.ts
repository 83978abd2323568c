/**
 * The edits of a network, each from one description to the next, so that undo is keeping the one before. An edit keeps the
 * graph sound: what took from a layer that goes away takes from what that one took from. Inputs are written down only where
 * they are not the layer before.
 */
import {
  defaultsOf,
  graphOf,
  inputsOf,
  layers,
  namedLayers,
  type BlockDefinition,
  type Fields,
  type Repair,
  type ValuesOf,
} from '../../../src-main/catalog';
import {
  dataSource,
  type FieldValue,
  type FieldValues,
  type LayerSpec,
  type NetworkSpec,
  type Shape,
} from '../../../src-main/contract';

/** A layer with its inputs written down. */
export type Connected = LayerSpec & { inputs: string[] };

export function connected(network: NetworkSpec): Connected[] {
  return network.layers.map((layer, index) => ({ ...layer, inputs: [...inputsOf(network, index)] }));
}

/** The same, without the inputs that are the layer before. */
export function shortened(all: readonly Connected[]): NetworkSpec {
  return {
    layers: all.map(({ inputs, ...layer }, index) => {
      const before = all[index - 1]?.id ?? dataSource;
      return inputs.length === 1 && inputs[0] === before ? layer : { ...layer, inputs };
    }),
  };
}

/** `dense-2`: the type with the smallest number that is free in the network. */
export function freeLayerId(network: NetworkSpec, type: string): string {
  const taken = new Set(network.layers.map((layer) => layer.id));
  let number = 1;
  while (taken.has(`${type}-${number}`)) number += 1;
  return `${type}-${number}`;
}

/** A layer with its type's defaults but for the fields given. @throws CodedError `definition-unknown` */
export function newLayer(network: NetworkSpec, type: string, fields: FieldValues = {}): LayerSpec {
  return { id: freeLayerId(network, type), type, fields: { ...defaultsOf(layers.get(type).fields), ...fields } };
}

/** Puts a layer at a place of the list, between the one before it and what takes from that. */
export function insertLayer(network: NetworkSpec, layer: LayerSpec, index: number): NetworkSpec {
  return insertLayers(network, [{ ...layer, inputs: layer.inputs ?? [dataSource] }], index);
}

/**
 * Puts layers at a place of the list. What follows there takes from the last of them, if it took from the layer before;
 * else everything that took from that does.
 * @param added with `dataSource` for the layer before that place.
 */
export function insertLayers(network: NetworkSpec, added: readonly Connected[], index: number): NetworkSpec {
  const all = connected(network);
  const before = all[index - 1]?.id ?? dataSource;
  const last = added.at(-1)?.id;
  if (last === undefined) return network;
  const follows = all[index]?.inputs.includes(before) === true;
  const rest = all.map((layer, place) => {
    if (follows && place !== index) return layer;
    return { ...layer, inputs: layer.inputs.map((id) => (id === before ? last : id)) };
  });
  const placed = added.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((id) => (id === dataSource ? before : id)),
  }));
  return shortened(rest.toSpliced(index, 0, ...placed));
}

/** The layers of a block at a place of the list, or null where it can't be there. @param input shape at that place */
export function insertBlock<F extends Fields>(
  network: NetworkSpec,
  block: BlockDefinition<F>,
  values: ValuesOf<F>,
  { input, index }: { readonly input: Shape; readonly index: number },
): NetworkSpec | null {
  const added = newBlock(network, block, values, input);
  return added && insertLayers(network, added, index);
}

/** The layers of a block with names that are free in the network and `dataSource` for what it is put after. */
export function newBlock<F extends Fields>(
  network: NetworkSpec,
  block: BlockDefinition<F>,
  values: ValuesOf<F>,
  input: Shape,
): Connected[] | null {
  const specs = block.layers(values, input);
  if ('problem' in specs) return null;
  let number = 1;
  const isTaken = ({ id }: LayerSpec) => id.startsWith(`${block.id}-${number}-`);
  while (network.layers.some(isTaken)) number += 1;
  return connected({ layers: namedLayers(connected({ layers: [...specs] }), `${block.id}-${number}`, dataSource) });
}

/** The layer that answers in a new network: the last one where it is dense, a new one else. */
export function answerOf({ layers: all }: NetworkSpec, outputs: number): LayerSpec {
  const last = all.at(-1);
  if (last?.type === 'dense') return { id: last.id, type: last.type, fields: last.fields };
  return newLayer({ layers: [] }, 'dense', { units: outputs, activation: 'linear' });
}

/** Takes a layer out; what took from it takes from what it took from. */
export function removeLayer(network: NetworkSpec, id: string): NetworkSpec {
  const all = connected(network);
  const from = all.find((layer) => layer.id === id)?.inputs ?? [];
  const rest = all.filter((layer) => layer.id !== id);
  return shortened(rest.map((layer) => ({ ...layer, inputs: without(layer.inputs, id, from) })));
}

function without(inputs: readonly string[], id: string, instead: readonly string[]): string[] {
  if (inputs.length === 1) return inputs[0] === id ? instead.slice(0, 1) : [...inputs];
  const others = inputs.filter((input) => input !== id);
  return inputs.flatMap((input) => (input === id ? instead.filter((source) => !others.includes(source)) : [input]));
}

/**
 * Moves a layer to another place; a place outside the list is its nearest end. A layer with one input leaves its chain for
 * the one at that place; one that joins branches keeps its inputs, and stays behind them and before what takes from it.
 */
export function moveLayer(network: NetworkSpec, id: string, to: number): NetworkSpec {
  const from = network.layers.findIndex((candidate) => candidate.id === id);
  const layer = network.layers[from];
  if (!layer) return network;
  const place = Math.min(network.layers.length - 1, Math.max(0, to));
  if (inputsOf(network, from).length === 1) {
    return insertLayer(removeLayer(network, id), { ...layer, inputs: [dataSource] }, place);
  }
  const { sources, takers } = graphOf(network);
  const earliest = Math.max(-1, ...(sources[from] ?? []).filter((source) => typeof source === 'number')) + 1;
  const latest = Math.min(network.layers.length, ...(takers[from] ?? [])) - 1;
  const all = connected(network);
  const moved = all.toSpliced(from, 1);
  return shortened(moved.toSpliced(Math.min(latest, Math.max(earliest, place)), 0, ...all.slice(from, from + 1)));
}

/** Puts a copy right after the layer. */
export function duplicateLayer(network: NetworkSpec, id: string): { network: NetworkSpec; copy: string | null } {
  const index = network.layers.findIndex((layer) => layer.id === id);
  const layer = network.layers[index];
  if (!layer) return { network, copy: null };
  const copy = freeLayerId(network, layer.type);
  const inputs = [dataSource, ...inputsOf(network, index).slice(1)];
  return {
    network: insertLayer(network, { ...layer, id: copy, fields: { ...layer.fields }, inputs }, index + 1),
    copy,
  };
}

export function setField(network: NetworkSpec, id: string, name: string, value: FieldValue): NetworkSpec {
  return {
    layers: network.layers.map((layer) =>
      layer.id === id ? { ...layer, fields: { ...layer.fields, [name]: value } } : layer,
    ),
  };
}

/** Makes a layer take these inputs; where one stands further down in the list, sources are put first. */
export function setInputs(network: NetworkSpec, id: string, inputs: readonly string[]): NetworkSpec {
  return inOrder(connected(network).map((layer) => (layer.id === id ? { ...layer, inputs: [...inputs] } : layer)));
}

/** Puts sources before what takes from them, where that is possible. */
export function inOrder(all: readonly Connected[]): NetworkSpec {
  const { order, sources } = graphOf({ layers: [...all] });
  const isOrdered = sources.every((from, index) =>
    from.every((source) => typeof source !== 'number' || source < index),
  );
  if (isOrdered || order.length < all.length) return shortened(all);
  return shortened(order.flatMap((index) => all[index] ?? []));
}

/** Does what a problem's one-click repair says, at the layer with the problem. */
export function repairLayer(network: NetworkSpec, id: string, repair: Repair | undefined): NetworkSpec {
  if (!repair) return network;
  if (repair.remove) return repair.remove.reduce(removeLayer, network);
  if (repair.inputs) return setInputs(network, id, repair.inputs);
  if (repair.insertBefore) return insertBefore(network, id, repair.insertBefore, repair);
  return Object.entries(repair.set ?? {}).reduce((next, [name, value]) => setField(next, id, name, value), network);
}

/** Puts a new layer between a layer and one of its inputs, or all. */
function insertBefore(network: NetworkSpec, id: string, type: string, { on = 0, fields }: Repair): NetworkSpec {
  const all = connected(network);
  const index = all.findIndex((layer) => layer.id === id);
  const layer = all[index];
  if (!layer) return network;
  const added = newLayer(network, type, fields);
  const inputs = on === 'all' ? layer.inputs : layer.inputs.slice(on, on + 1);
  const behind = on === 'all' ? [added.id] : layer.inputs.toSpliced(on, 1, added.id);
  return shortened(all.toSpliced(index, 1, { ...added, inputs }, { ...layer, inputs: behind }));
}
