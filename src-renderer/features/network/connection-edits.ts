/** Edits of connections, as a person makes them by pointing: joined, cut, with something put in between. */
import { behind, graphOf, inputsOf, layers } from '../../../src-main/catalog';
import { dataSource, type NetworkSpec } from '../../../src-main/contract';
import { connected, inOrder, newLayer, setInputs, type Connected } from './network-edits';

/** From one layer, or the data, to another; null for the output of the network. */
export interface Connection {
  readonly source: string;
  readonly target: string | null;
  /** Further layers that take from the source along the same line: those of a folded block. */
  readonly others?: readonly string[];
}

/** Layers that join two branches, for a target that takes one input. */
export const joiners = ['add', 'concatenate'] as const;
export type Joiner = (typeof joiners)[number];

/** What can be done about a wish to connect two layers. */
export type Connecting =
  | { readonly kind: 'connected'; readonly network: NetworkSpec }
  /** The target takes no more inputs: they can be joined before it, or one takes the other's place. */
  | { readonly kind: 'full'; readonly maximum: number }
  | { readonly kind: 'circle' }
  | { readonly kind: 'already' };

export function connect(network: NetworkSpec, source: string, target: string): Connecting {
  const index = network.layers.findIndex(({ id }) => id === target);
  const layer = network.layers[index];
  const inputs = inputsOf(network, index);
  if (inputs.includes(source)) return { kind: 'already' };
  if (source === target || reaches(network, target, source)) return { kind: 'circle' };
  const maximum = layer && layers.has(layer.type) ? layers.get(layer.type).inputs.maximum : 1;
  if (inputs.length >= maximum) return { kind: 'full', maximum };
  return { kind: 'connected', network: setInputs(network, target, [...inputs, source]) };
}

function reaches({ layers: all }: NetworkSpec, from: string, to: string): boolean {
  const place = (id: string) => all.findIndex((layer) => layer.id === id);
  return behind(graphOf({ layers: all }).takers, place(from)).has(place(to));
}

/** Takes one layer out of the inputs of another. */
export function disconnect(network: NetworkSpec, { source, target, others = [] }: Connection): NetworkSpec {
  return [target, ...others].reduce((left: NetworkSpec, id) => {
    const index = left.layers.findIndex((layer) => layer.id === id);
    if (id === null || index < 0) return left;
    return setInputs(
      left,
      id,
      inputsOf(left, index).filter((input) => input !== source),
    );
  }, network);
}

/** Puts a layer before the target that joins its inputs with the source. @returns its id too */
export function joinBefore(network: NetworkSpec, source: string, target: string, type: Joiner) {
  const all = connected(network);
  const index = all.findIndex(({ id }) => id === target);
  const layer = all[index];
  const added = newLayer(network, type);
  if (!layer) return { network, id: null };
  const join = { ...added, inputs: [...layer.inputs, source] };
  return { network: inOrder(all.toSpliced(index, 1, join, { ...layer, inputs: [added.id] })), id: added.id };
}

/** Makes the target take the source alone. */
export function replaceInputs(network: NetworkSpec, source: string, target: string): NetworkSpec {
  return setInputs(network, target, [source]);
}

/** Puts layers into a connection. @param added with `dataSource` for the connection's source; the last gives the output. */
export function insertBetween(
  network: NetworkSpec,
  { source, target, others = [] }: Connection,
  added: readonly Connected[],
): NetworkSpec {
  const all = connected(network);
  const last = added.at(-1);
  if (!last) return network;
  const placed = added.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((id) => (id === dataSource ? source : id)),
  }));
  const takers = new Set([target, ...others]);
  const first = all.findIndex(({ id }) => takers.has(id));
  const index = first < 0 ? all.length : first;
  const rest = all.map((layer) => {
    if (!takers.has(layer.id)) return layer;
    return { ...layer, inputs: layer.inputs.map((id) => (id === source ? last.id : id)) };
  });
  return inOrder(rest.toSpliced(index, 0, ...placed));
}
