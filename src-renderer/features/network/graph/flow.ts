/** The graph in the form that Svelte Flow draws: nodes and edges with what their components show. */
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/svelte';
import type { CheckedLayer, CheckedNetwork } from '../../../../src-main/catalog';
import type { LayerSpec, NetworkSpec } from '../../../../src-main/contract';
import { m } from '../../../i18n';
import { sourceName } from '../network-editor.svelte';
import { formatShape } from '../shapes';
import type { GraphLine, GraphModel, GraphNode } from './graph-model';
import { nodeWidth, type Layout, type Point } from './layout';

export const dotSize = 12;
const plainHeight = 58;
const endHeight = 52;
const problemHeight = 72;
const repairHeight = 34;

/** What a node shows, whatever it stands for. */
export interface NodeData extends Record<string, unknown> {
  readonly node: GraphNode;
  /** Layers that it stands for, with what the check found of each. */
  readonly parts: readonly { readonly layer: LayerSpec; readonly checked: CheckedLayer | null }[];
  /** Whether Tab comes here; arrows go on from there. */
  readonly isStop: boolean;
}
export interface LineData extends Record<string, unknown> {
  readonly line: GraphLine;
  readonly route: readonly Point[];
  readonly source: string;
  readonly target: string;
  /** Whether what is being dragged would be put here. */
  readonly isAim: boolean;
}
export type FlowNode = Node<NodeData>;
export type FlowEdge = Edge<LineData>;

/** In pixels; it follows from the content, so that places are known before anything is drawn. */
export function nodeHeight({ kind, layers }: GraphNode, checked: CheckedNetwork | null): number {
  if (kind === 'data' || kind === 'output') return endHeight;
  const problem = layers.map((place) => checked?.layers[place]?.problem).find((found) => found);
  return plainHeight + (problem ? problemHeight + (problem.repair ? repairHeight : 0) : 0);
}

export function flowNodes(
  model: GraphModel,
  layout: Layout,
  { network, checked, stop }: { network: NetworkSpec; checked: CheckedNetwork | null; stop: string },
): FlowNode[] {
  return model.nodes.map((node): FlowNode => {
    const size = { width: nodeWidth, height: nodeHeight(node, checked) };
    const parts = node.layers.flatMap((place) => {
      const layer = network.layers[place];
      return layer ? [{ layer, checked: checked?.layers[place] ?? null }] : [];
    });
    return {
      id: node.id,
      // Not `output` by itself: Svelte Flow draws that kind in its own way.
      type: `${node.kind}-node`,
      position: layout.places.get(node.id) ?? { x: 0, y: 0 },
      ...size,
      measured: size,
      handles: handles(node, size),
      data: { node, parts, isStop: node.id === stop },
    };
  });
}

function handles({ kind }: GraphNode, { width, height }: { width: number; height: number }): NodeHandle[] {
  const dot = { x: (width - dotSize) / 2, width: dotSize, height: dotSize };
  const above: NodeHandle = { type: 'target', position: Position.Top, y: -dotSize / 2, ...dot };
  const below: NodeHandle = { type: 'source', position: Position.Bottom, y: height - dotSize / 2, ...dot };
  return [...(kind === 'data' ? [] : [above]), ...(kind === 'output' ? [] : [below])];
}

/** @param aim id of the line that what is being dragged would be put on. */
export function flowEdges(model: GraphModel, layout: Layout, network: NetworkSpec, aim: string | null): FlowEdge[] {
  return model.lines.map((line): FlowEdge => {
    const { source: from, target: to } = line.connection;
    const [source, target] = [sourceName(network, from), to === null ? m.network_output() : sourceName(network, to)];
    const name =
      line.shape === null
        ? m.nodes_connection({ source, target })
        : m.nodes_connection_shape({ source, target, shape: formatShape(line.shape) });
    return {
      id: line.id,
      type: 'shape',
      source: line.source,
      target: line.target,
      focusable: false,
      ariaLabel: name,
      data: { line, route: layout.routes.get(line.id) ?? [], source, target, isAim: line.id === aim },
    };
  });
}

/** A smooth line through points, upright at each of them. */
export function pathThrough(points: readonly Point[]): string {
  return points
    .map(({ x, y }, at) => {
      const before = points[at - 1];
      if (!before) return `M${x},${y}`;
      const middle = (before.y + y) / 2;
      return before.x === x ? `L${x},${y}` : `C${before.x},${middle} ${x},${middle} ${x},${y}`;
    })
    .join(' ');
}

/** Where the words of a line stand: halfway along it. */
export function middleOf(points: readonly Point[]): Point {
  const at = Math.floor((points.length - 1) / 2);
  const [one, other] = [points[at] ?? { x: 0, y: 0 }, points[at + 1] ?? points[at] ?? { x: 0, y: 0 }];
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}
