/** Layers of a block as they stand in a network: with the block's name before their own, and behind what it is put after. */
import { dataSource, type LayerSpec } from '../contract';

/**
 * @param layers of a block, with ids that are unique within it and `dataSource` for what it is put after.
 * @param name of the block in the network, `residual-2`. @param after id of the layer that it is put after, or `dataSource`.
 */
export function namedLayers(layers: readonly LayerSpec[], name: string, after: string): LayerSpec[] {
  const named = (id: string) => (id === dataSource ? after : `${name}-${id}`);
  return layers.map(({ id, inputs, ...layer }) => {
    return { ...layer, id: named(id), ...(inputs ? { inputs: inputs.map(named) } : {}) };
  });
}

/** `residual-2`: the name of the block that a layer came with, by its id; null for one that stands alone. */
export function blockNameOf(id: string, isBlock: (id: string) => boolean): string | null {
  const found = /^([a-z0-9]+(?:-[a-z0-9]+)*?)-(\d+)-[a-z]/.exec(id);
  return found && isBlock(found[1] ?? '') ? `${found[1] ?? ''}-${found[2] ?? ''}` : null;
}
