/** What a person does to the layer list: each verb saves at once and says to undo what was done. */
import {
  blocks,
  branchInputs,
  defaultsOf,
  layers,
  parseFields,
  tasks,
  type BlockDefinition,
  type Repair,
} from '../../../src-main/catalog';
import { dataSource, type FieldValue, type LayerSpec, type NetworkSpec, type Shape } from '../../../src-main/contract';
import { m, text } from '../../i18n';
import { toasts } from '../../state/toasts.svelte';
import { workspace } from '../../state/workspace.svelte';
import {
  duplicateLayer,
  insertBlock,
  insertLayer,
  moveLayer,
  networkOfBlock,
  newLayer,
  removeLayer,
  repairLayer,
  setField,
  setInputs,
} from './network-edits';

const none: NetworkSpec = { layers: [] };

class NetworkEditor {
  #selected = $state<string | null>(null);

  /** The layer shown in the inspector, if it is still there. */
  selected: string | null = $derived(this.#layers.some((layer) => layer.id === this.#selected) ? this.#selected : null);

  get #network(): NetworkSpec {
    return workspace.network ?? none;
  }
  get #layers(): readonly LayerSpec[] {
    return this.#network.layers;
  }

  select(id: string | null): void {
    this.#selected = id;
  }

  /** Adds after the selected layer; at the end, but before the output layer, where none is selected. */
  add(type: string): void {
    const layer = newLayer(this.#network, type);
    this.#save(insertLayer(this.#network, layer, this.#place()), m.network_edit_add({ layer: nameOf(layer) }));
    this.#selected = layer.id;
  }

  /** Adds the layers of a block at once, where the shape that comes in there is known and fits. */
  addBlock(id: string): void {
    const block = blocks.get(id);
    if (block.replaces) return this.#replaceBy(block);
    const index = this.#place();
    const input = this.#shapeAt(index);
    const network = input && insertBlock(this.#network, block, defaultsOf(block.fields), { input, index });
    if (!network) return;
    this.#save(network, m.editor_edit_block({ block: text(block.label) }));
    this.#selected = network.layers[index + network.layers.length - this.#layers.length - 1]?.id ?? null;
  }

  /** Why a block can't be added now; null where it can. */
  blockProblem(id: string): string | null {
    const block = blocks.get(id);
    const input = this.#shapeAt(block.replaces ? 0 : this.#place());
    if (!input) return m.editor_cannot_add_here();
    const found = block.layers(defaultsOf(block.fields), input);
    return 'problem' in found ? text(found.problem) : null;
  }

  setInputs(id: string, inputs: readonly string[]): void {
    const layer = this.#find(id);
    if (layer) this.#save(setInputs(this.#network, id, inputs), m.editor_edit_inputs({ layer: nameOf(layer) }));
  }

  remove(id: string): void {
    const index = this.#layers.findIndex((layer) => layer.id === id);
    const layer = this.#layers[index];
    if (!layer) return;
    const next = removeLayer(this.#network, id);
    this.#save(next, m.network_edit_remove({ layer: nameOf(layer) }));
    this.#selected = next.layers[Math.min(index, next.layers.length - 1)]?.id ?? null;
  }

  duplicate(id: string): void {
    const layer = this.#find(id);
    const { network, copy } = duplicateLayer(this.#network, id);
    if (!layer || !copy) return;
    this.#save(network, m.network_edit_duplicate({ layer: nameOf(layer) }));
    this.#selected = copy;
  }

  move(id: string, to: number): void {
    const layer = this.#find(id);
    const from = this.#layers.findIndex((candidate) => candidate.id === id);
    if (!layer || to === from || to < 0 || to >= this.#layers.length) return;
    this.#save(moveLayer(this.#network, id, to), m.network_edit_move({ layer: nameOf(layer) }));
  }

  setField(id: string, name: string, value: FieldValue): void {
    const layer = this.#find(id);
    if (layer) this.#save(setField(this.#network, id, name, value), m.network_edit_field({ layer: nameOf(layer) }));
  }

  repair(id: string, repair: Repair): void {
    this.#save(repairLayer(this.#network, id, repair), text(repair.label));
  }

  /** Puts a block in the place of all layers but the one that answers. */
  #replaceBy(block: BlockDefinition): void {
    const { description, setup } = workspace;
    if (!description || !setup) return;
    const outputs = tasks.get(setup.task).outputs(description.target);
    const network = networkOfBlock(this.#network, block, defaultsOf(block.fields), {
      input: description.inputShape,
      outputs,
    });
    if (!network) return;
    this.#save(network, m.editor_edit_block({ block: text(block.label) }));
    this.#selected = network.layers[0]?.id ?? null;
  }

  /** Where something new goes: after the selected layer; at the end, but before the output layer, where none is. */
  #place(): number {
    const at = this.#layers.findIndex((candidate) => candidate.id === this.selected);
    return at >= 0 ? at + 1 : Math.max(0, this.#layers.length - 1);
  }

  /** Of one example, as it comes to a place of the list. */
  #shapeAt(index: number): Shape | null {
    const before = index === 0 ? workspace.description?.inputShape : workspace.checked?.layers[index - 1]?.outputShape;
    return before ?? null;
  }

  #find(id: string): LayerSpec | null {
    return this.#layers.find((layer) => layer.id === id) ?? null;
  }

  #save(network: NetworkSpec, label: string): void {
    workspace.saveNetwork(network, label).catch((error: unknown) => toasts.error(error));
  }
}

export const networkEditor = new NetworkEditor();

/** A layer's name for people: its type's label. */
export function nameOf(layer: LayerSpec): string {
  return layers.has(layer.type) ? text(layers.get(layer.type).label) : layer.type;
}

/** A source of a layer for people: "the data", or the number and name of a layer. */
export function sourceName(network: NetworkSpec, id: string): string {
  if (id === dataSource) return m.editor_source_data();
  const index = network.layers.findIndex((layer) => layer.id === id);
  const layer = network.layers[index];
  return layer ? m.editor_source_layer({ number: index + 1, layer: nameOf(layer) }) : id;
}

/** Where a layer takes its inputs from, where that isn't the layer before it; null where it is. */
export function takesFrom(network: NetworkSpec, index: number): string | null {
  const inputs = branchInputs(network, index);
  return inputs && m.editor_takes_from({ sources: inputs.map((id) => sourceName(network, id)).join(', ') });
}

/** The main thing of a layer, e.g. "128 · ReLU"; empty where its fields cannot be read. */
export function summaryOf(layer: LayerSpec): string {
  if (!layers.has(layer.type)) return '';
  const definition = layers.get(layer.type);
  try {
    return text(definition.summary(parseFields(definition.fields, layer.fields, layer.id)));
  } catch {
    // The check says at this layer which field is wrong; there is no summary to give meanwhile.
    return '';
  }
}
