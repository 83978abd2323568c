/**
 * Several networks as one: each a branch from the data to its own last layer, and a layer at the end that takes the mean of what
 * they say. A network like any other, so that it is tested, used and exported like any other.
 */
import { dataSource, type LayerGroup, type LayerSpec, type NetworkSpec } from '../../contract';
import { graphOf, inputsOf } from '../graph';

/** What a layer's id may have at most. */
const LONGEST = 40;
const MEAN = 'mean-of-all';

export interface Branch {
  /** Says on drawings what the branch is. */
  readonly name: string;
  readonly network: NetworkSpec;
}

export interface Together {
  readonly network: NetworkSpec;
  /** By branch: the id that each of its layers has now. */
  readonly ids: readonly ReadonlyMap<string, string>[];
}

/** @param branches at least two, each valid for the same data and target. */
export function together(branches: readonly Branch[]): Together {
  const ids = branches.map(({ network }, at) => newIds(network, at + 1));
  const layers = branches.flatMap(({ network }, at) => branchLayers(network, ids[at] ?? new Map()));
  const ends = branches.map(({ network }, at) => {
    const { output } = graphOf(network);
    return ids[at]?.get(network.layers[output ?? -1]?.id ?? '') ?? dataSource;
  });
  const groups = branches.map(({ name }, at): LayerGroup => ({
    id: `@group-${at + 1}`,
    name,
    layers: [...(ids[at]?.values() ?? [])],
  }));
  const mean: LayerSpec = { id: MEAN, type: 'average', fields: {}, inputs: ends };
  return { network: { layers: [...layers, mean], groups }, ids };
}

/** The branch's number before each; where that makes an id too long, the layer's place stands for its name. */
function newIds({ layers }: NetworkSpec, branch: number): ReadonlyMap<string, string> {
  return new Map(
    layers.map(({ id }, place) => {
      const named = `b${branch}-${id}`;
      return [id, named.length <= LONGEST ? named : `b${branch}--${place + 1}`];
    }),
  );
}

function branchLayers(network: NetworkSpec, ids: ReadonlyMap<string, string>): LayerSpec[] {
  return network.layers.map((layer, place) => ({
    ...layer,
    id: ids.get(layer.id) ?? layer.id,
    inputs: inputsOf(network, place).map((id) => ids.get(id) ?? dataSource),
  }));
}
