/** What the graph view shows of a network: a node for the data, each layer, each block that is folded, and the output. */
import { blockNameOf, blocks, graphOf, inputsOf, type CheckedNetwork } from '../../../../src-main/catalog';
import { dataSource, type NetworkSpec, type Shape } from '../../../../src-main/contract';
import type { Connection } from '../connection-edits';
import { groupOf } from '../group-edits';

/** The node behind the last layer; no layer has this id. */
export const outputNode = '@output';

export interface GraphNode {
  /** Of the layer, the block (`residual-1`), the group (`@group-1`), or of the ends. */
  readonly id: string;
  readonly kind: 'data' | 'layer' | 'block' | 'output';
  /** Places of its layers in the list. */
  readonly layers: readonly number[];
}

export interface GraphLine {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** What flows along it, of one example; null where that is not known. */
  readonly shape: Shape | null;
  /** The connection of layers that it stands for. */
  readonly connection: Connection;
}

export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly lines: readonly GraphLine[];
}

/** @param isFolded by the name of a block or the id of a group. @param inputShape of one example; null while it is not known. */
export function graphModel(
  network: NetworkSpec,
  checked: CheckedNetwork | null,
  inputShape: Shape | null,
  isFolded: (block: string) => boolean,
): GraphModel {
  const nodeOf = new Map<string, string>([[dataSource, dataSource]]);
  const layersOf = new Map<string, number[]>();
  network.layers.forEach(({ id }, index) => {
    const block = blockNameOf(id, blocks.has);
    const group = groupOf(network, id)?.id ?? null;
    const node = [group, block].find((part) => part !== null && isFolded(part)) ?? id;
    nodeOf.set(id, node);
    layersOf.set(node, [...(layersOf.get(node) ?? []), index]);
  });
  const shapeOf = new Map<string, Shape | null>([[dataSource, inputShape]]);
  checked?.layers.forEach(({ id, outputShape }) => shapeOf.set(id, outputShape));
  const lines = new Map<string, GraphLine>();
  const add = (connection: Connection) => {
    const source = nodeOf.get(connection.source);
    const target = connection.target === null ? outputNode : nodeOf.get(connection.target);
    const id = `${source ?? ''}>${target ?? ''}`;
    if (source === undefined || target === undefined || source === target) return;
    const drawn = lines.get(id);
    if (drawn) {
      if (drawn.connection.source !== connection.source || connection.target === null) return;
      const others = [...(drawn.connection.others ?? []), connection.target];
      lines.set(id, { ...drawn, connection: { ...drawn.connection, others } });
      return;
    }
    lines.set(id, { id, source, target, shape: shapeOf.get(connection.source) ?? null, connection });
  };
  network.layers.forEach(({ id }, index) => {
    for (const source of inputsOf(network, index)) add({ source, target: id });
  });
  const last = network.layers[graphOf(network).output ?? -1];
  if (last) add({ source: last.id, target: null });
  else if (network.layers.length === 0) add({ source: dataSource, target: null });
  const between = [...layersOf].map(([id, places]): GraphNode => {
    return { id, kind: places.some((place) => network.layers[place]?.id === id) ? 'layer' : 'block', layers: places };
  });
  return {
    nodes: [{ id: dataSource, kind: 'data', layers: [] }, ...between, { id: outputNode, kind: 'output', layers: [] }],
    lines: [...lines.values()],
  };
}
