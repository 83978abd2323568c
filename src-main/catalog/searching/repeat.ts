/** A layer that stands several times one after another, or not at all; the layers around it are joined as they were. */
import type { FieldValue, LayerSpec, NetworkSpec } from '../../contract';
import { inputsOf } from '../graph';
import { invalidPath } from './path';

/** How often a layer can stand one after another. */
export const mostRepeats = 10;

/**
 * Copies come right after the layer and have ids of their own; what took from the layer takes from the last of them.
 * @param value how often, 0 for not at all.
 * @throws CodedError `field-invalid`
 */
export function repeated(network: NetworkSpec, id: string, value: FieldValue): NetworkSpec {
  const field = `layer.${id}#repeat`;
  const at = network.layers.findIndex((layer) => layer.id === id);
  const layer = network.layers[at];
  if (!layer) throw invalidPath(field, 'names no layer');
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > mostRepeats) {
    throw invalidPath(field, `must be a whole number from 0 to ${mostRepeats}`);
  }
  const sources = inputsOf(network, at);
  const [source] = sources;
  if (value !== 1 && (sources.length !== 1 || source === undefined)) {
    throw invalidPath(field, 'must be 1: the layer joins several branches');
  }
  if (value === 1 || source === undefined) return network;
  return value === 0 ? without(network, at, source) : withCopies(network, at, value - 1);
}

function without(network: NetworkSpec, at: number, source: string): NetworkSpec {
  const id = network.layers[at]?.id ?? '';
  const isChained = network.layers[at]?.inputs === undefined;
  const layers = network.layers.flatMap((layer, index): LayerSpec[] => {
    if (index === at) return [];
    if (layer.inputs) return [{ ...layer, inputs: layer.inputs.map((input) => (input === id ? source : input)) }];
    // Without inputs it takes from the layer before it, which is another one now.
    return [index === at + 1 && !isChained ? { ...layer, inputs: [source] } : layer];
  });
  return grouped(network, layers, (ids) => ids.filter((one) => one !== id));
}

function withCopies(network: NetworkSpec, at: number, count: number): NetworkSpec {
  const { layers } = network;
  const layer = layers[at];
  if (!layer) return network;
  const copies = freeIds(layers, layer.id, count);
  const last = copies.at(-1) ?? layer.id;
  const between = copies.map((id) => ({ id, type: layer.type, fields: layer.fields }));
  const joined = layers.flatMap((other): LayerSpec[] => {
    if (other === layer) return [layer, ...between];
    // A list need not be in the order of the graph: those before it may take from it too.
    return [
      other.inputs ? { ...other, inputs: other.inputs.map((input) => (input === layer.id ? last : input)) } : other,
    ];
  });
  return grouped(network, joined, (ids) => ids.flatMap((one) => (one === layer.id ? [one, ...copies] : [one])));
}

/** `dense-1-2`, `dense-1-3`, … where nobody has them, short enough for an id. */
function freeIds(layers: readonly LayerSpec[], id: string, count: number): string[] {
  const taken = new Set(layers.map((layer) => layer.id));
  const ids: string[] = [];
  for (let number = 2; ids.length < count; number++) {
    const free = `${id.slice(0, 34)}-${number}`;
    if (!taken.has(free)) ids.push(free);
  }
  return ids;
}

function grouped(
  network: NetworkSpec,
  layers: LayerSpec[],
  change: (ids: readonly string[]) => readonly string[],
): NetworkSpec {
  if (!network.groups) return { ...network, layers };
  return { layers, groups: network.groups.map((group) => ({ ...group, layers: [...change(group.layers)] })) };
}
