/**
 * Builds a graph node by node: variables that keep their data between runs, constants, and recordings replayed as nodes.
 */
import type { Shape } from '../../contract';
import { dataTypes, type Attribute, type GraphNode } from './protobuf';
import { NotRecordable, type Recording } from './recorder';

export class GraphWriter {
  readonly nodes: GraphNode[] = [];
  private readonly byName = new Map<string, GraphNode>();
  private readonly users = new Map<string, string[]>();

  /** @returns the node's name, which stands for its first output. */
  add(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const node = { op, name, inputs, attributes };
    this.nodes.push(node);
    this.byName.set(name, node);
    for (const input of inputs) {
      if (input.startsWith('^')) continue;
      const [node = ''] = input.split(':');
      const users = this.users.get(node);
      if (users) users.push(name);
      else this.users.set(node, [name]);
    }
    return name;
  }

  nodeOf(name: string): GraphNode | undefined {
    return this.byName.get(name);
  }

  /** Nodes so far that take an output of that node. */
  usersOf(name: string): readonly string[] {
    return this.users.get(name) ?? [];
  }

  constant(name: string, dtype: number, shape: Shape, bytes: Uint8Array): string {
    return this.add('Const', name, [], { dtype: { type: dtype }, value: { tensor: { dtype, shape, bytes } } });
  }

  scalar(name: string, value: number): string {
    return this.constant(name, dataTypes.float32, [], new Uint8Array(new Float32Array([value]).buffer));
  }

  placeholder(name: string, dtype: number, shape: Shape): string {
    return this.add('Placeholder', name, [], { dtype: { type: dtype }, shape: { shape } });
  }

  /**
   * A variable that lives as long as the loaded graph. Feed `NAME/value` and fetch `NAME/assigned` to set it; fetch
   * `NAME/read` to read it.
   * @returns the handle's name, for ops that take the resource.
   */
  variable(name: string, dtype: number, shape: Shape): string {
    const type = { dtype: { type: dtype } };
    this.add('VarHandleOp', name, [], {
      ...type,
      shape: { shape },
      shared_name: { string: name },
      container: { string: '' },
    });
    this.placeholder(`${name}/value`, dtype, shape);
    // The binding feeds JavaScript's own memory, which only the JavaScript thread may let go of. A variable would keep it,
    // be updated inside it, and at last free it from one of TensorFlow's threads: so a variable gets a copy.
    this.add('DeepCopy', `${name}/copy`, [`${name}/value`], { T: { type: dtype } });
    this.add('AssignVariableOp', `${name}/assign`, [name, `${name}/copy`], type);
    // A run must fetch something: a constant that waits for the assignment.
    this.scalar(`${name}/one`, 1);
    this.add('Identity', `${name}/assigned`, [`${name}/one`, `^${name}/assign`], { T: { type: dataTypes.float32 } });
    this.add('ReadVariableOp', `${name}/read`, [name], type);
    return name;
  }

  /**
   * Writes the recorded ops that the outputs need.
   * @param known references by tensor id of what is not recorded: placeholders, gathered batches, variables read.
   * @param outputs tensor ids whose references are wanted.
   * @returns references in the order of `outputs`.
   * @throws NotRecordable where an id comes from neither the recording nor `known`.
   */
  replay(
    recording: Recording,
    prefix: string,
    known: ReadonlyMap<number, string>,
    outputs: readonly number[],
  ): readonly string[] {
    const references = new Map(known);
    const producer = new Map<number, number>();
    recording.ops.forEach((op, index) => op.outputs.forEach((output) => producer.set(output.id, index)));
    const needed = new Set<number>();
    const open = [...outputs];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (references.has(id)) continue;
      const index = producer.get(id);
      if (index === undefined) {
        references.set(id, this.recordedConstant(recording, id));
      } else if (!needed.has(index)) {
        needed.add(index);
        open.push(...(recording.ops[index]?.inputs ?? []));
      }
    }
    for (const index of [...needed].sort((a, b) => a - b)) {
      const op = recording.ops[index];
      if (!op) continue;
      const name = `${prefix}/${index}_${op.name}`;
      this.add(
        op.name,
        name,
        op.inputs.map((id) => reference(references, id)),
        op.attributes,
      );
      op.outputs.forEach((output, position) =>
        references.set(output.id, position === 0 ? name : `${name}:${position}`),
      );
    }
    return outputs.map((id) => reference(references, id));
  }

  /** One node for all copies of a recording: ids are never used again. */
  private recordedConstant(recording: Recording, id: number): string {
    const constant = recording.constants.get(id);
    if (!constant) throw new NotRecordable('a tensor from before the step that is no variable');
    const name = `constant_${id}`;
    return this.byName.has(name) ? name : this.constant(name, constant.dtype, constant.shape, constant.bytes);
  }
}

function reference(references: ReadonlyMap<number, string>, id: number): string {
  const found = references.get(id);
  if (!found) throw new NotRecordable(`tensor ${id} before it was made`);
  return found;
}
