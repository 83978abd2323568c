/** A network as a directed graph: where each layer takes its inputs from, who takes from it, in which order to go. */
import { dataSource, type NetworkSpec } from '../contract';

/** A layer by its place in the list, or the data; null where the id that was written is nobody's. */
export type Source = number | 'data' | null;

export interface NetworkGraph {
  /** By place in the list. */
  readonly sources: readonly (readonly Source[])[];
  /** Places of the layers that take from each, by place. */
  readonly takers: readonly (readonly number[])[];
  /** Places, sources first; layers on a cycle and behind one are left out. */
  readonly order: readonly number[];
  /** Places of layers that take from themselves by a way round. */
  readonly cyclic: ReadonlySet<number>;
  /** The layer whose output is the network's: the last that nobody takes from; null where there is none. */
  readonly output: number | null;
}

/** The ids that a layer takes its inputs from, also where they are not written down. */
export function inputsOf({ layers }: NetworkSpec, index: number): readonly string[] {
  return layers[index]?.inputs ?? [layers[index - 1]?.id ?? dataSource];
}

/** The ids that a layer takes its inputs from, where they are not just the layer before it; else null. */
export function branchInputs({ layers }: NetworkSpec, index: number): readonly string[] | null {
  const inputs = layers[index]?.inputs;
  const before = layers[index - 1]?.id ?? dataSource;
  return inputs === undefined || (inputs.length === 1 && inputs[0] === before) ? null : inputs;
}

/**
 * The same by places, for comparing networks whose layers have other ids: "2, 5", counted from 1; `dataSource` for the
 * data, and an id that is nobody's as it is.
 */
export function branchPlaces(network: NetworkSpec, index: number): string | null {
  const places = new Map(network.layers.map(({ id }, place) => [id, String(place + 1)]));
  return (
    branchInputs(network, index)
      ?.map((id) => places.get(id) ?? id)
      .join(', ') ?? null
  );
}

/** Whether it is a plain chain from the data through every layer, in the order of the list. */
export function isChain(network: NetworkSpec): boolean {
  return network.layers.every((_, index) => branchInputs(network, index) === null);
}

export function graphOf(network: NetworkSpec): NetworkGraph {
  const { layers } = network;
  const places = new Map<string, number>();
  layers.forEach(({ id }, index) => {
    if (!places.has(id)) places.set(id, index);
  });
  const sources = layers.map(({ inputs }, index): Source[] => {
    if (inputs === undefined) return [index === 0 ? 'data' : index - 1];
    return inputs.map((id) => (id === dataSource ? 'data' : (places.get(id) ?? null)));
  });
  const takers: number[][] = layers.map(() => []);
  sources.forEach((from, index) => {
    for (const source of new Set(from)) if (typeof source === 'number') takers[source]?.push(index);
  });
  const order = sorted(sources, takers);
  const placed = new Set(order);
  const rest = layers.map((_, index) => index).filter((index) => !placed.has(index));
  const cyclic = new Set(rest.filter((index) => behind(takers, index).has(index)));
  const ends = takers.flatMap((who, index) => (who.length === 0 ? [index] : []));
  return { sources, takers, order, cyclic, output: ends.at(-1) ?? null };
}

/** Kahn (1962), the earliest in the list first, so that a chain keeps its order. */
function sorted(sources: readonly (readonly Source[])[], takers: readonly (readonly number[])[]): number[] {
  const waiting = sources.map((from) => new Set(from.filter((source) => typeof source === 'number')).size);
  const ready = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  const order: number[] = [];
  while (ready.length > 0) {
    ready.sort((a, b) => b - a);
    const next = ready.pop() ?? 0;
    order.push(next);
    for (const taker of takers[next] ?? []) {
      const left = (waiting[taker] ?? 0) - 1;
      waiting[taker] = left;
      if (left === 0) ready.push(taker);
    }
  }
  return order;
}

/** All places that the output of a layer reaches; itself among them only on a cycle. */
export function behind(takers: readonly (readonly number[])[], index: number): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...(takers[index] ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(takers[next] ?? []));
  }
  return reached;
}

/** Ids that a layer may take from without a cycle: the data, and every layer that its own output doesn't reach. */
export function possibleSources(network: NetworkSpec, index: number): readonly string[] {
  const reached = behind(graphOf(network).takers, index);
  const free = network.layers.filter((_, place) => place !== index && !reached.has(place));
  return [dataSource, ...free.map(({ id }) => id)];
}
