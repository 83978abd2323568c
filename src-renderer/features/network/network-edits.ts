/** The edits of a network, each from one description to the next, so that undo is keeping the one before. */
import { defaultsOf, layers, type ShapeProblem } from '../../../src-main/catalog';
import type { FieldValue, LayerSpec, NetworkSpec } from '../../../src-main/contract';

/** `dense-2`: the type with the smallest number that is free in the network. */
export function freeLayerId(network: NetworkSpec, type: string): string {
  const taken = new Set(network.layers.map((layer) => layer.id));
  let number = 1;
  while (taken.has(`${type}-${number}`)) number += 1;
  return `${type}-${number}`;
}

/** A layer with its type's defaults. @throws CodedError `definition-unknown` */
export function newLayer(network: NetworkSpec, type: string): LayerSpec {
  return { id: freeLayerId(network, type), type, fields: { ...defaultsOf(layers.get(type).fields) } };
}

export function insertLayer(network: NetworkSpec, layer: LayerSpec, index: number): NetworkSpec {
  return { layers: network.layers.toSpliced(index, 0, layer) };
}

export function removeLayer(network: NetworkSpec, id: string): NetworkSpec {
  return { layers: network.layers.filter((layer) => layer.id !== id) };
}

/** Moves a layer to another place; a place outside the list is its nearest end. */
export function moveLayer(network: NetworkSpec, id: string, to: number): NetworkSpec {
  const layer = network.layers.find((candidate) => candidate.id === id);
  if (!layer) return network;
  const rest = network.layers.filter((candidate) => candidate.id !== id);
  return { layers: rest.toSpliced(Math.min(rest.length, Math.max(0, to)), 0, layer) };
}

/** Puts a copy right after the layer. */
export function duplicateLayer(network: NetworkSpec, id: string): { network: NetworkSpec; copy: string | null } {
  const index = network.layers.findIndex((layer) => layer.id === id);
  const layer = network.layers[index];
  if (!layer) return { network, copy: null };
  const copy = { ...layer, id: freeLayerId(network, layer.type), fields: { ...layer.fields } };
  return { network: insertLayer(network, copy, index + 1), copy: copy.id };
}

export function setField(network: NetworkSpec, id: string, name: string, value: FieldValue): NetworkSpec {
  return {
    layers: network.layers.map((layer) =>
      layer.id === id ? { ...layer, fields: { ...layer.fields, [name]: value } } : layer,
    ),
  };
}

/** Does what a problem's one-click repair says, at the layer with the problem. */
export function repairLayer(network: NetworkSpec, id: string, repair: ShapeProblem['repair']): NetworkSpec {
  if (!repair) return network;
  const index = network.layers.findIndex((layer) => layer.id === id);
  if (index < 0) return network;
  if (repair.insertBefore) return insertLayer(network, newLayer(network, repair.insertBefore), index);
  return Object.entries(repair.set ?? {}).reduce((next, [name, value]) => setField(next, id, name, value), network);
}
