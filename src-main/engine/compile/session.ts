/** A graph loaded into the native library: written as a SavedModel into a temporary folder, run by names. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Shape } from '../../contract';
import { savedModelBytes, type GraphNode } from './protobuf';
import { NotRecordable, type NativeBinding } from './recorder';

export type Values = Float32Array | Int32Array | Uint8Array;

/** Something to feed by name: a value per call. */
export interface Feed {
  readonly name: string;
  readonly dtype: number;
  readonly shape: Shape;
  readonly values: Values;
}

const tag = 'tandem';

export class GraphSession {
  private readonly model: number;

  /** @throws NotRecordable where TensorFlow refuses the graph. */
  constructor(
    private readonly binding: NativeBinding,
    nodes: readonly GraphNode[],
  ) {
    const folder = mkdtempSync(path.join(tmpdir(), 'tandem-graph-'));
    try {
      writeFileSync(path.join(folder, 'saved_model.pb'), savedModelBytes(nodes, tag));
      this.model = binding.loadSavedModel(folder, tag);
    } catch (error) {
      throw new NotRecordable(`the graph was refused: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Runs what `fetch` needs. @returns the value of the fetched node's first output. */
  run(feeds: readonly Feed[], fetch: string): Values {
    const [value] = this.runAll(feeds, [fetch]);
    if (!value) throw new Error(`The graph gave nothing for ${fetch}`);
    return value;
  }

  /** Runs what all of `fetch` need. @returns the value of each fetched node's first output. */
  private runAll(feeds: readonly Feed[], fetch: readonly string[]): Values[] {
    const ids = feeds.map((feed) => this.binding.createTensor(feed.shape, feed.dtype, feed.values));
    try {
      const names = feeds.map((feed) => feed.name).join(',');
      const outputs = this.binding.runSavedModel(this.model, ids, names, fetch.join(','));
      try {
        return outputs.map(({ id }) => this.binding.tensorDataSync(id));
      } finally {
        for (const { id } of outputs) this.binding.deleteTensor(id);
      }
    } finally {
      for (const id of ids) this.binding.deleteTensor(id);
    }
  }

  /** Some at a time: TensorFlow goes over the whole graph once for each choice of what is fed. */
  setVariables(variables: readonly Feed[]): void {
    for (const some of atATime(variables, ({ values }) => values.byteLength)) {
      const feeds = some.map((variable) => ({ ...variable, name: `${variable.name}/value` }));
      this.runAll(
        feeds,
        some.map(({ name }) => `${name}/assigned`),
      );
    }
  }

  readVariable(name: string): Values {
    return this.run([], `${name}/read`);
  }

  /** @param variables float32. As `setVariables`, some at a time. */
  readVariables(variables: readonly { readonly name: string; readonly shape: Shape }[]): Values[] {
    const bytesOf = ({ shape }: { readonly shape: Shape }) => 4 * shape.reduce((product, side) => product * side, 1);
    return atATime(variables, bytesOf).flatMap((some) =>
      this.runAll(
        [],
        some.map(({ name }) => `${name}/read`),
      ),
    );
  }

  dispose(): void {
    this.binding.deleteSavedModel(this.model);
  }
}

/** Variables that are copied at a time have together at most so many bytes, where one alone has no more. */
const MOST_BYTES = 64 * 2 ** 20;

/** In their order. */
function atATime<T>(variables: readonly T[], bytesOf: (variable: T) => number): T[][] {
  const groups: T[][] = [];
  let bytes = Infinity;
  for (const variable of variables) {
    const own = bytesOf(variable);
    if (bytes + own > MOST_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(variable);
    bytes += own;
  }
  return groups;
}
