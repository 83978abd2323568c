/**
 * Writes TensorFlow's protocol buffers (GraphDef, SavedModel) byte by byte: the few messages and fields that a compiled
 * step needs. Field numbers are those of tensorflow/core/framework/*.proto and protobuf/saved_model.proto.
 */
import type { Shape } from '../../contract';

/** Numbers of `DataType` in types.proto. */
export const dataTypes = { float32: 1, uint8: 4, int32: 3, string: 7, int64: 9, bool: 10, bfloat16: 14 } as const;

/** One attribute of a node, by the member of `AttrValue` it sets. */
export type Attribute =
  | { readonly type: number }
  | { readonly bool: boolean }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly string: string }
  | { readonly shape: Shape }
  | { readonly tensor: { readonly dtype: number; readonly shape: Shape; readonly bytes: Uint8Array } };

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node:output` references; `^node` for control edges, which come last. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** GraphDef versions tell which op semantics hold; 1087 and later know everything used here. */
const producer = 1087;

type Piece = Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  // Negative numbers are sign-extended to ten bytes, as int64 on the wire.
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}

function number(field: number, value: number): Piece {
  return Uint8Array.from([...varint(field << 3), ...varint(value)]);
}

function float(field: number, value: number): Piece {
  return join([Uint8Array.from(varint((field << 3) | 5)), new Uint8Array(new Float32Array([value]).buffer)]);
}

function bytes(field: number, value: Uint8Array): Piece {
  return join([Uint8Array.from([...varint((field << 3) | 2), ...varint(value.length)]), value]);
}

function text(field: number, value: string): Piece {
  return bytes(field, new TextEncoder().encode(value));
}

function join(pieces: readonly Piece[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function shapeMessage(shape: Shape): Uint8Array {
  return join(shape.map((size) => bytes(2, number(1, size))));
}

function attributeMessage(attribute: Attribute): Uint8Array {
  if ('type' in attribute) return number(6, attribute.type);
  if ('bool' in attribute) return number(5, attribute.bool ? 1 : 0);
  if ('int' in attribute) return number(3, attribute.int);
  if ('ints' in attribute) return bytes(1, bytes(3, Uint8Array.from(attribute.ints.flatMap(varint))));
  if ('float' in attribute) return float(4, attribute.float);
  if ('floats' in attribute) return bytes(1, bytes(4, new Uint8Array(new Float32Array(attribute.floats).buffer)));
  if ('string' in attribute) return text(2, attribute.string);
  if ('shape' in attribute) return bytes(7, shapeMessage(attribute.shape));
  const { dtype, shape, bytes: content } = attribute.tensor;
  return bytes(8, join([number(1, dtype), bytes(2, shapeMessage(shape)), bytes(4, content)]));
}

function nodeMessage(node: GraphNode): Uint8Array {
  return join([
    text(1, node.name),
    text(2, node.op),
    ...node.inputs.map((input) => text(3, input)),
    ...Object.entries(node.attributes).map(([name, attribute]) =>
      bytes(5, join([text(1, name), bytes(2, attributeMessage(attribute))])),
    ),
  ]);
}

/**
 * @param tag names the one graph, for `loadSavedModel(folder, tag)`.
 * @returns the bytes of `saved_model.pb`: a SavedModel of one graph and no variables.
 */
export function savedModelBytes(nodes: readonly GraphNode[], tag: string): Uint8Array {
  const graph = join([...nodes.map((node) => bytes(1, nodeMessage(node))), bytes(4, number(1, producer))]);
  const metaGraph = join([bytes(1, text(4, tag)), bytes(2, graph)]);
  return join([number(1, 1), bytes(2, metaGraph)]);
}
