/** The graph in the form that Svelte Flow draws: nodes and edges with what their components show. */
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/svelte';
import { inputsOf, layers, type CheckedLayer, type CheckedNetwork } from '../../../../src-main/catalog';
import type { LayerGroup, LayerSpec, NetworkSpec } from '../../../../src-main/contract';
import { m, text } from '../../../i18n';
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
/** The frame round the layers of a group that is not folded. */
export interface FrameData extends Record<string, unknown> {
  readonly group: LayerGroup;
}
export interface LineData extends Record<string, unknown> {
  readonly line: GraphLine;
  readonly route: readonly Point[];
  readonly source: string;
  readonly target: string;
  /** What the target takes it for, where it does not treat all its inputs alike. */
  readonly port: string | null;
  /** Whether what is being dragged would be put here. */
  readonly isAim: boolean;
}
export type FlowNode = Node<NodeData>;
export type FrameNode = Node<FrameData>;
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
      data: {
        ...{ line, source, target, port: portOf(network, from, to) },
        route: layout.routes.get(line.id) ?? [],
        isAim: line.id === aim,
      },
    };
  });
}

/** The name of the input that a layer takes from another; null where its inputs have none. */
function portOf(network: NetworkSpec, from: string, to: string | null): string | null {
  const place = network.layers.findIndex(({ id }) => id === to);
  const type = network.layers[place]?.type ?? '';
  const names = layers.has(type) ? layers.get(type).inputNames : undefined;
  const name = names?.[inputsOf(network, place).indexOf(from)];
  return name ? text(name) : null;
}

/** Room between a frame and what it is drawn round, with its name above. */
const framePadding = 12;
const frameHead = 24;

/** A frame behind each group that is not folded, where nothing that is no part of it would stand inside. */
export function frameNodes(nodes: readonly FlowNode[], { groups = [] }: NetworkSpec): FrameNode[] {
  return groups.flatMap((group): FrameNode[] => {
    const isInside = ({ data }: FlowNode) => data.parts.some(({ layer }) => group.layers.includes(layer.id));
    const inside = nodes.filter((node) => isInside(node) && node.id !== group.id);
    if (inside.length === 0) return [];
    const ends = inside.map(({ position: { x, y }, width = 0, height = 0 }) => [x, y, x + width, y + height] as const);
    const x = Math.min(...ends.map(([left]) => left)) - framePadding;
    const y = Math.min(...ends.map(([, top]) => top)) - framePadding - frameHead;
    const width = Math.max(...ends.map(([, , right]) => right)) + framePadding - x;
    const height = Math.max(...ends.map(([, , , bottom]) => bottom)) + framePadding - y;
    const isForeign = nodes.some((node) => {
      const { position, width: wide = 0, height: tall = 0 } = node;
      const isBeside = position.x + wide < x || position.x > x + width;
      const isAbove = position.y + tall < y || position.y > y + height;
      return !isInside(node) && !isBeside && !isAbove;
    });
    if (isForeign) return [];
    const size = { width, height };
    return [
      {
        id: `frame:${group.id}`,
        type: 'frame-node',
        position: { x, y },
        zIndex: -1,
        ...size,
        measured: size,
        data: { group },
      },
    ];
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
