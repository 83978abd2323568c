/**
 * An optimizer's update of one variable in the graph. TensorFlow has a kernel for it (`ResourceApply…`), which goes over the
 * variable and its slots several times. For the usual rules this project has ops of its own that do it in one pass
 * (`tools/setup/native/update-op.h`), and for small batches compute a layer's gradient on the way, block by block. Other
 * rules, and machines without those ops, keep TensorFlow's. Scalars that change from step to step come in as one small vector.
 */
import type { FusedUpdate } from '../../catalog';
import { dataTypes, type Attribute } from './protobuf';
import type { GraphWriter } from './graph-writer';

const float = { T: { type: dataTypes.float32 } } as const;

/** What one variable's update refers to; all are names of nodes. */
export interface UpdatePlace {
  readonly name: string;
  readonly variable: string;
  /** The variable's value before the step. */
  readonly read: string;
  /** Numbers in the variable. */
  readonly size: number;
  readonly slots: Readonly<Record<string, string>>;
  readonly gradient: string;
  /** Factors of the gradient where it is better computed along with the update. */
  readonly product: Product | null;
  /** Of the step: what `scalarsOf` gives, as one vector. */
  readonly scalars: string;
  /** Runs before the update: every use of the variable's old value. */
  readonly after: string;
}

/** A gradient of the form xᵀ · dy. */
export interface Product {
  readonly x: string;
  readonly dy: string;
}

/** Rules of our ops by the kernel of TensorFlow that they stand for; they take scalars and slots in its order. */
const ownRules: Readonly<Record<string, string>> = {
  ResourceApplyAdam: 'adam',
  ResourceApplyMomentum: 'momentum',
  ResourceApplyGradientDescent: 'descent',
};
/** Numbers that are worth a thread of their own: some microseconds of work. */
const smallestPart = 2 ** 14;
/** Examples up to which the product inside of the update is the faster one: TensorFlow's packs large ones first. */
const mostExamples = 64;

/**
 * @param threads that may share an update by our ops; 0 where those are not there.
 * @returns the name of the node after which the update is done.
 */
export function writeUpdate(graph: GraphWriter, update: FusedUpdate, place: UpdatePlace, threads: number): string {
  const rule = ownRules[update.op];
  return threads > 0 && rule !== undefined
    ? writeOwn(graph, update, place, { rule, threads })
    : writeTensorFlows(graph, update, place);
}

function writeTensorFlows(graph: GraphWriter, update: FusedUpdate, place: UpdatePlace): string {
  const { name, variable, slots, gradient, after } = place;
  const scalars = writeScalars(graph, update, place.scalars);
  let scalar = 0;
  const inputs = update.inputs.map((input) => {
    if (input === 'gradient') return gradient;
    if ('slot' in input) return slots[input.slot] ?? '';
    return scalars[scalar++] ?? '';
  });
  const before = update.decay ? writeDecay(graph, place, scalars[scalar] ?? '') : after;
  return graph.add(update.op, `${name}/update`, [variable, ...inputs, `^${before}`], {
    ...float,
    use_locking: { bool: false },
    ...nesterovOf(update, 'use_nesterov'),
  });
}

function nesterovOf({ nesterov }: FusedUpdate, attribute: string): Record<string, Attribute> {
  return nesterov === undefined ? {} : { [attribute]: { bool: nesterov } };
}

/** The vector of a step's scalars, taken apart: once for all variables. */
function writeScalars(graph: GraphWriter, update: FusedUpdate, vector: string): string[] {
  const count = scalarsOf(update, { step: 1, learningRate: 1 }).length;
  const name = `${vector.replace(':', '_')}/each`;
  if (!graph.nodeOf(name)) {
    graph.add('Unpack', name, [vector], { ...float, num: { int: count }, axis: { int: 0 } });
  }
  return Array.from({ length: count }, (_, index) => `${name}:${index}`);
}

/** θ ← θ · factor, before the gradient's own update: weight decay kept apart from the gradient. */
function writeDecay(graph: GraphWriter, { name, variable, after }: UpdatePlace, factor: string): string {
  const read = graph.add('ReadVariableOp', `${name}/undecayed`, [variable, `^${after}`], {
    dtype: { type: dataTypes.float32 },
  });
  const product = graph.add('Mul', `${name}/decayed`, [read, factor], float);
  return graph.add('AssignVariableOp', `${name}/decay`, [variable, product], { dtype: { type: dataTypes.float32 } });
}

/**
 * Our ops write into the memory of what they are given as read, which is the variables' own: what JavaScript sets a variable
 * to comes in as a copy (`GraphWriter.variable`), and slots are read by nothing else in a step.
 */
function writeOwn(
  graph: GraphWriter,
  update: FusedUpdate,
  { name, read, size, slots, gradient, product, scalars, after }: UpdatePlace,
  { rule, threads }: { readonly rule: string; readonly threads: number },
): string {
  const slotReads = update.inputs.flatMap((input) =>
    typeof input === 'object' && 'slot' in input ? [`${slots[input.slot] ?? ''}/read`] : [],
  );
  const op = product ? 'TandemProductUpdate' : 'TandemUpdate';
  const factors = product ? [product.x, product.dy] : [gradient];
  const count = Math.max(1, Math.min(threads, Math.floor(size / smallestPart)));
  const parts = Array.from({ length: count }, (_, part) =>
    graph.add(op, `${name}/update_${part}`, [read, ...factors, scalars, ...slotReads, `^${after}`], {
      rule: { string: rule },
      ...nesterovOf(update, 'nesterov'),
      decay: { bool: update.decay !== undefined },
      part: { int: part },
      parts: { int: count },
      S: { int: slotReads.length },
    }),
  );
  return graph.add(
    'NoOp',
    `${name}/update`,
    parts.map((part) => `^${part}`),
  );
}

/**
 * @param shared nodes that may be some variable's memory: a factor among them could change before the update reads it.
 * @returns the factors of a gradient, where nothing else needs it and few examples add up to it.
 */
export function productOf(
  graph: GraphWriter,
  gradient: string,
  batchSize: number,
  shared: ReadonlySet<string>,
): Product | null {
  if (batchSize > mostExamples || graph.usersOf(gradient).length > 0) return null;
  let node = graph.nodeOf(gradient);
  while (node?.op === 'Reshape') {
    const [of = ''] = node.inputs;
    if (graph.usersOf(of).length > 1) return null;
    node = graph.nodeOf(of);
  }
  if (node?.op !== 'MatMul' || !isTrue(node.attributes['transpose_a']) || isTrue(node.attributes['transpose_b'])) {
    return null;
  }
  const [x = '', dy = ''] = node.inputs;
  return [x, dy].some((factor) => shared.has(factor.split(':')[0] ?? '')) ? null : { x, dy };
}

function isTrue(attribute: Attribute | undefined): boolean {
  return attribute !== undefined && 'bool' in attribute && attribute.bool;
}

/** The step-dependent scalars of an update, in the order `writeUpdate` takes them. */
export function scalarsOf(update: FusedUpdate, at: { readonly step: number; readonly learningRate: number }): number[] {
  const scalars = update.inputs.flatMap((input) =>
    typeof input === 'object' && 'scalar' in input ? [input.scalar(at)] : [],
  );
  return update.decay ? [...scalars, update.decay(at)] : scalars;
}

/** What of an update stands in the graph, without the scalars that are fed: updates that agree in it can share one. */
export function shapeOfUpdate({ op, inputs, nesterov, decay }: FusedUpdate): unknown {
  return [
    op,
    inputs.map((input) => (typeof input === 'object' && 'scalar' in input ? 'scalar' : input)),
    nesterov,
    !!decay,
  ];
}
