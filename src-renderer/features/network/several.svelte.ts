/** What a person does to several layers at once in the graph: they are marked, then copied, moved, removed or grouped. */
import { SvelteSet } from 'svelte/reactivity';
import type { LayerGroup, NetworkSpec } from '../../../src-main/contract';
import { m } from '../../i18n';
import { toasts } from '../../state/toasts.svelte';
import { workspace } from '../../state/workspace.svelte';
import {
  duplicateLayers,
  groupLayers,
  layerBetween,
  moveLayers,
  moveLayersBehind,
  removeLayers,
  renameGroup,
  ungroup,
} from './group-edits';
import { blockLabel, networkEditor, sourceName } from './network-editor.svelte';

class Several {
  readonly #marks = new SvelteSet<string>();

  /** Ids of the marked layers that are still there, in the order of the list. */
  marked: readonly string[] = $derived(
    (workspace.network?.layers ?? []).flatMap(({ id }) => (this.#marks.has(id) ? [id] : [])),
  );

  /** The group that is chosen in the graph: its node where it is folded, else all its layers. */
  group = $derived(
    workspace.network?.groups?.find(({ id, layers }) => id === networkEditor.block || this.#areMarked(layers)) ?? null,
  );

  get #network(): NetworkSpec {
    return workspace.network ?? { layers: [] };
  }

  /** The marked layers, else those of what is chosen. */
  get #ids(): ReadonlySet<string> {
    if (this.marked.length > 0) return new Set(this.marked);
    const inside = networkEditor.layersOf(networkEditor.block).map(({ id }) => id);
    return new Set(networkEditor.selected ? [networkEditor.selected] : inside);
  }

  #areMarked(layers: readonly string[]): boolean {
    return layers.length === this.marked.length && layers.every((id) => this.#marks.has(id));
  }

  clear(): void {
    this.#marks.clear();
  }

  mark(ids: Iterable<string>): void {
    for (const id of ids) this.#marks.add(id);
  }

  /** Marks the layers of a node, or takes the marks away where all have one. What was chosen before is marked with the first. */
  toggle(ids: readonly string[]): void {
    if (this.marked.length === 0) this.mark(this.#ids);
    const isMarked = ids.length > 0 && ids.every((id) => this.#marks.has(id)) && this.marked.length > ids.length;
    for (const id of ids) {
      if (isMarked) this.#marks.delete(id);
      else this.#marks.add(id);
    }
  }

  /** Folds them to one node under a name that can be changed. */
  putTogether(): void {
    const ids = this.#ids;
    if (ids.size < 2) return;
    const between = layerBetween(this.#network, ids);
    if (between) {
      toasts.show(m.groups_refuse_between({ layer: sourceName(this.#network, between) }));
      return;
    }
    const { network, id } = groupLayers(this.#network, ids, (number) => m.groups_name({ number }));
    networkEditor.save(network, m.groups_edit_group({ count: ids.size }));
    this.clear();
    networkEditor.fold(id);
  }

  /** @param id of a group. */
  takeApart(id: string): void {
    const inside = networkEditor.layersOf(id).map((layer) => layer.id);
    // An empty list says that there are none; no list, that the edit knew of none.
    const { groups = [], layers } = ungroup(this.#network, id);
    networkEditor.save({ layers, groups }, m.groups_edit_ungroup({ group: blockLabel(id) }));
    networkEditor.select(inside[0] ?? null);
    this.clear();
    this.mark(inside);
  }

  /** @param id of a group. */
  fold(id: string): void {
    this.clear();
    networkEditor.fold(id);
  }

  rename(id: string, name: string): void {
    const wanted = name.trim().slice(0, 60);
    if (wanted === '' || wanted === blockLabel(id)) return;
    networkEditor.save(renameGroup(this.#network, id, wanted), m.groups_edit_rename({ group: wanted }));
  }

  remove(): void {
    const ids = this.#ids;
    networkEditor.save(removeLayers(this.#network, ids), m.groups_edit_remove({ count: ids.size }));
    this.clear();
    networkEditor.select(null);
  }

  duplicate(): void {
    const ids = this.#ids;
    const { network, copies } = duplicateLayers(this.#network, ids);
    networkEditor.save(network, m.groups_edit_duplicate({ count: ids.size }));
    this.clear();
    networkEditor.select(copies[0] ?? null);
    if (copies.length > 1) this.mark(copies);
  }

  move(step: -1 | 1): void {
    const ids = this.#ids;
    const moved = moveLayers(this.#network, ids, step);
    if (moved) networkEditor.save(moved, m.groups_edit_move({ count: ids.size }));
    else if (ids.size > 1) toasts.show(m.groups_refuse_move());
  }

  /** @param after a layer that is none of the group, or the data. */
  moveBehind({ layers }: LayerGroup, after: string): void {
    const moved = moveLayersBehind(this.#network, new Set(layers), after);
    if (moved) networkEditor.save(moved, m.groups_edit_move({ count: layers.length }));
    else toasts.show(m.groups_refuse_move());
  }
}

export const several = new Several();
