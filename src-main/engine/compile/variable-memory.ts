/**
 * Who uses the memory of a variable that was read. TensorFlow hands reads on without a copy, and views of them too, while an
 * update of ours writes in place: whoever may look at the old values must have run by then.
 */
import type { GraphWriter } from './graph-writer';
import type { GraphNode } from './protobuf';

/** Ops whose output may be their input's memory, though they take more than one tensor that is no constant. */
const views = new Set([
  'Reshape',
  'Slice',
  'StridedSlice',
  'Tile',
  'Transpose',
  'BroadcastTo',
  'ExpandDims',
  'Squeeze',
]);

/** Ops that take nothing but the shape of their input. */
const ofShape = new Set(['Shape', 'Size', 'Rank', 'ZerosLike', 'OnesLike']);

/**
 * @param read the node that read the variable.
 * @returns nodes whose output may be the variable's memory, that node first. What takes one tensor counts as a view
 * (TensorFlow turns `x · 1` into `x`, and so on); what joins two makes memory of its own.
 */
export function sharing(graph: GraphWriter, read: string): ReadonlySet<string> {
  const found = new Set([read]);
  for (const name of found) {
    for (const user of graph.usersOf(name)) if (mayBeView(graph, user)) found.add(user);
  }
  return found;
}

function mayBeView(graph: GraphWriter, name: string): boolean {
  const node = graph.nodeOf(name);
  if (!node) return true;
  return views.has(node.op) || tensorsOf(node).filter((input) => !isConstant(graph, input)).length < 2;
}

function tensorsOf({ inputs }: GraphNode): string[] {
  return inputs.filter((input) => !input.startsWith('^')).map((input) => input.split(':')[0] ?? '');
}

/** Whether TensorFlow may know the value before the graph runs. */
function isConstant(graph: GraphWriter, name: string): boolean {
  const node = graph.nodeOf(name);
  if (!node) return false;
  if (node.op === 'Const' || ofShape.has(node.op)) return true;
  const tensors = tensorsOf(node);
  return tensors.length > 0 && tensors.every((input) => isConstant(graph, input));
}

/**
 * Ops that TensorFlow regroups with one another: of a · (b · c) it makes (a · b) · c where a is a constant, so that the outer
 * product, which took nothing of the memory, reads c itself.
 */
const regrouped = new Set(['Add', 'AddN', 'AddV2', 'Div', 'Mul', 'Neg', 'RealDiv', 'Sub']);

/** @returns control inputs: all that look at the memory that these nodes share, or may once TensorFlow has regrouped them. */
export function usersOfMemory(graph: GraphWriter, shared: ReadonlySet<string>): string[] {
  const isRegrouped = (name: string) => regrouped.has(graph.nodeOf(name)?.op ?? '');
  const users = new Set([...shared].flatMap((name) => [name, ...graph.usersOf(name)]));
  for (const name of users) {
    if (isRegrouped(name)) for (const user of graph.usersOf(name)) if (isRegrouped(user)) users.add(user);
  }
  return [...users].map((name) => `^${name}`);
}
