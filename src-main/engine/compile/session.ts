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
    const ids = feeds.map((feed) => this.binding.createTensor(feed.shape, feed.dtype, feed.values));
    try {
      const [output] = this.binding.runSavedModel(this.model, ids, feeds.map((feed) => feed.name).join(','), fetch);
      if (!output) throw new Error(`The graph gave nothing for ${fetch}`);
      try {
        return this.binding.tensorDataSync(output.id);
      } finally {
        this.binding.deleteTensor(output.id);
      }
    } finally {
      for (const id of ids) this.binding.deleteTensor(id);
    }
  }

  setVariable(name: string, dtype: number, shape: Shape, values: Values): void {
    this.run([{ name: `${name}/value`, dtype, shape, values }], `${name}/assigned`);
  }

  readVariable(name: string): Values {
    return this.run([], `${name}/read`);
  }

  dispose(): void {
    this.binding.deleteSavedModel(this.model);
  }
}
