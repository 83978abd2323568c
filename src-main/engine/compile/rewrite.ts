/**
 * A recording said in TensorFlow's better words. tfjs knows one product of matrices, for batches of them, and sums a
 * bias's gradient as any sum; TensorFlow fuses its plain product with the bias and the activation that follow it.
 */
import type { Shape } from '../../contract';
import { dataTypes } from './protobuf';
import type { RecordedConstant, RecordedOp, Recording } from './recorder';

/** What is known of the tensors in a recording. */
interface Tensors {
  readonly constants: Recording['constants'];
  readonly producers: ReadonlyMap<number, RecordedOp>;
  readonly users: ReadonlyMap<number, readonly RecordedOp[]>;
  readonly shapes: ReadonlyMap<number, Shape>;
}

/** @param given shapes of tensors from before the recording, by id. */
export function rewrite(recording: Recording, given: ReadonlyMap<number, Shape>): Recording {
  const users = new Map<number, RecordedOp[]>();
  const producers = new Map<number, RecordedOp>();
  const shapes = new Map(given);
  for (const op of recording.ops) {
    for (const id of op.inputs) users.set(id, [...(users.get(id) ?? []), op]);
    for (const output of op.outputs) {
      producers.set(output.id, op);
      shapes.set(output.id, output.shape);
    }
  }
  const tensors = { constants: recording.constants, producers, users, shapes };
  return { ...recording, ops: recording.ops.map((op) => rewriteOp(op, tensors)) };
}

function rewriteOp(op: RecordedOp, tensors: Tensors): RecordedOp {
  if (op.name === 'BatchMatMulV2') return plainProduct(op, tensors);
  if (op.name === 'Sum') return biasGradient(op, tensors.constants);
  return op;
}

/** A product of two matrices, also where tfjs makes them a batch of one and takes that off again. */
function plainProduct(op: RecordedOp, tensors: Tensors): RecordedOp {
  const { T, adj_x, adj_y } = op.attributes;
  if (!T || !adj_x || !adj_y) return op;
  const inputs = op.inputs.map((id) => matrixOf(id, tensors));
  const [output] = op.outputs;
  if (!output || inputs.includes(null)) return op;
  if (output.shape.length !== 2 && !(output.shape.length === 3 && isReshaped(output.id, tensors))) return op;
  const attributes = { T, transpose_a: adj_x, transpose_b: adj_y };
  return { ...op, name: 'MatMul', inputs: inputs.filter((id) => id !== null), attributes };
}

/** The tensor as a matrix: itself, or what was reshaped into a batch of one; null where there is none. */
function matrixOf(id: number, { producers, shapes }: Tensors): number | null {
  const shape = shapes.get(id);
  if (shape?.length === 2) return id;
  const producer = producers.get(id);
  const before = producer?.inputs[0] ?? -1;
  if (shape?.length !== 3 || shape[0] !== 1 || producer?.name !== 'Reshape') return null;
  const matrix = shapes.get(before);
  return matrix?.length === 2 && matrix[0] === shape[1] && matrix[1] === shape[2] ? before : null;
}

/** Whether a side of one in front of it is lost anyway: every user reshapes it, maybe after adding a bias. */
function isReshaped(id: number, tensors: Tensors): boolean {
  const users = tensors.users.get(id) ?? [];
  if (users.length === 0) return false;
  return users.every(({ name, inputs, outputs }) => {
    if (name === 'Reshape') return true;
    const bias = tensors.shapes.get(inputs[1] ?? -1);
    return name === 'Add' && inputs[0] === id && bias?.length === 1 && isReshaped(outputs[0]?.id ?? -1, tensors);
  });
}

/** The sum over all sides but the last. */
function biasGradient(op: RecordedOp, constants: Recording['constants']): RecordedOp {
  const { T, keep_dims } = op.attributes;
  const axes = constants.get(op.inputs[1] ?? -1);
  if (op.outputs[0]?.shape.length !== 1 || !T || !axes || !isFromFirst(axes)) return op;
  if (keep_dims && 'bool' in keep_dims && keep_dims.bool) return op;
  return { ...op, name: 'BiasAddGrad', inputs: op.inputs.slice(0, 1), attributes: { T } };
}

/** Whether it is 0, 1, 2 … and not empty. */
function isFromFirst({ bytes, dtype }: RecordedConstant): boolean {
  if (dtype !== dataTypes.int32) return false;
  const axes = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return axes.length > 0 && axes.every((axis, index) => axis === index);
}
