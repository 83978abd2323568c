/**
 * What a folder or a zip can hold, one file per kind under `tree-sources/`, found by globbing and tried in the order of their
 * ranks: what is told by annotations goes before what is told by the names of folders.
 */
import type { TableFound, Text } from '../contract';
import type { ReadContext, ReadResult, SourceContext, SourceTarget } from './source';
import type { Tree } from './tree';

export interface TreeSource {
  readonly id: string;
  readonly label: Text;
  /** Lower is tried earlier. */
  readonly rank: number;
  /** Whether the files' names allow it; cheap. */
  recognise(tree: Tree): boolean;
  /** As a source's. */
  tables?(tree: Tree, context: SourceContext): Promise<readonly TableFound[]>;
  /**
   * @param name of the folder or archive, for people.
   * @returns null where a closer look shows that it is something else; nothing is written then.
   * @throws CodedError naming the file; whatever was written is thrown away by the caller.
   */
  read(tree: Tree, name: string, target: SourceTarget, context: ReadContext): Promise<ReadResult | null>;
}

const modules = import.meta.glob<TreeSource>(['./tree-sources/*.ts', '!./tree-sources/*.test.ts'], {
  eager: true,
  import: 'definition',
});

export const treeSources: readonly TreeSource[] = Object.values(modules).sort((one, two) => one.rank - two.rank);
