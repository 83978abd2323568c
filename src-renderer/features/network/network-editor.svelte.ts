/** What a person does to the layer list: each verb saves at once and says to undo what was done. */
import { layers, parseFields, type ShapeProblem } from '../../../src-main/catalog';
import type { FieldValue, LayerSpec, NetworkSpec } from '../../../src-main/contract';
import { m, text } from '../../i18n';
import { toasts } from '../../state/toasts.svelte';
import { workspace } from '../../state/workspace.svelte';
import { duplicateLayer, insertLayer, moveLayer, newLayer, removeLayer, repairLayer, setField } from './network-edits';

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
    const at = this.#layers.findIndex((candidate) => candidate.id === this.selected);
    const place = at >= 0 ? at + 1 : Math.max(0, this.#layers.length - 1);
    this.#save(insertLayer(this.#network, layer, place), m.network_edit_add({ layer: nameOf(layer) }));
    this.#selected = layer.id;
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

  repair(id: string, repair: ShapeProblem['repair']): void {
    if (repair) this.#save(repairLayer(this.#network, id, repair), text(repair.label));
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
