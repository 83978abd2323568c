/** What a person does to the layers, in the list or the graph: each verb saves at once and says to undo what was done. */
import { SvelteSet } from 'svelte/reactivity';
import {
  blockNameOf,
  blocks,
  branchInputs,
  defaultsOf,
  inputsOf,
  isReplacing,
  layers,
  networkOfBlock,
  parseFields,
  type OfferedPreset,
  setupForBlock,
  tasks,
  type Repair,
  type ReplacingBlock,
} from '../../../src-main/catalog';
import {
  dataSource,
  type FieldValue,
  type LayerGroup,
  type LayerSpec,
  type NetworkSpec,
  type Shape,
} from '../../../src-main/contract';
import { m, text } from '../../i18n';
import { toasts } from '../../state/toasts.svelte';
import { workspace } from '../../state/workspace.svelte';
import {
  connect,
  disconnect,
  insertBetween,
  joinBefore,
  replaceInputs,
  type Connecting,
  type Connection,
  type Joiner,
} from './connection-edits';
import { keepGroups } from './group-edits';
import {
  duplicateLayer,
  answerOf,
  insertBlock,
  insertLayer,
  moveLayer,
  newBlock,
  newLayer,
  removeLayer,
  repairLayer,
  setField,
  setInputs,
} from './network-edits';

const none: NetworkSpec = { layers: [] };

/** A layer or a block, as the menu offers them. */
export interface Addition {
  readonly kind: 'layer' | 'block';
  readonly id: string;
}

class NetworkEditor {
  #selected = $state<string | null>(null);
  #connection = $state.raw<Connection | null>(null);
  #block = $state<string | null>(null);
  /** Names of the blocks whose layers the graph shows one by one. */
  readonly unfolded = new SvelteSet<string>();
  /** What is being dragged out of the menu; null while nothing is. */
  dragged = $state.raw<Addition | null>(null);
  /** The group that is being dragged by its frame. */
  draggedGroup = $state.raw<LayerGroup | null>(null);

  /** The layer shown in the inspector, if it is still there. */
  selected: string | null = $derived(this.#layers.some((layer) => layer.id === this.#selected) ? this.#selected : null);

  /** The connection that was chosen in the graph, if it is still there. */
  connection: Connection | null = $derived.by(() => {
    const chosen = this.#connection;
    const index = this.#layers.findIndex(({ id }) => id === chosen?.target);
    if (!chosen || chosen.target === null) return chosen;
    return index >= 0 && inputsOf(this.#network, index).includes(chosen.source) ? chosen : null;
  });

  /** The name of the block that was chosen in the graph, if it is still there. */
  block: string | null = $derived(this.layersOf(this.#block).length > 0 ? this.#block : null);

  get #network(): NetworkSpec {
    return workspace.network ?? none;
  }
  get #layers(): readonly LayerSpec[] {
    return this.#network.layers;
  }

  select(id: string | null): void {
    this.#selected = id;
    this.#connection = null;
    this.#block = null;
  }

  selectConnection(connection: Connection): void {
    this.select(null);
    this.#connection = connection;
  }

  selectBlock(name: string): void {
    this.select(null);
    this.#block = name;
  }

  /** Shows a block's layers one by one in the graph, the first of them chosen. */
  unfold(name: string): void {
    this.unfolded.add(name);
    this.select(this.layersOf(name)[0]?.id ?? null);
  }

  fold(name: string): void {
    this.unfolded.delete(name);
    this.selectBlock(name);
  }

  /** The layers that came with a block or are in a group, in the order of the list. */
  layersOf(block: string | null): readonly LayerSpec[] {
    if (block === null) return [];
    const group = this.#network.groups?.find(({ id }) => id === block);
    if (group) return this.#layers.filter(({ id }) => group.layers.includes(id));
    return this.#layers.filter(({ id }) => blockNameOf(id, blocks.has) === block);
  }

  /**
   * Adds after what is selected, into the connection that is; at the end, but before the output layer, where nothing is.
   */
  add(type: string): void {
    const connection = this.connection ?? this.#behindBlock();
    if (connection) {
      this.insert({ kind: 'layer', id: type }, connection);
      return;
    }
    const layer = newLayer(this.#network, type);
    this.save(insertLayer(this.#network, layer, this.#place()), m.network_edit_add({ layer: nameOf(layer) }));
    this.select(layer.id);
  }

  /** Adds the layers of a block at once, where the shape that comes in there is known and fits. */
  addBlock(id: string): void {
    const block = blocks.get(id);
    if (isReplacing(block)) return this.#replaceBy(block);
    const connection = this.connection ?? this.#behindBlock();
    if (connection) {
      this.insert({ kind: 'block', id }, connection);
      return;
    }
    const index = this.#place();
    const input = this.#shapeAt(index);
    const network = input && insertBlock(this.#network, block, defaultsOf(block.fields), { input, index });
    if (!network) return;
    const last = index + network.layers.length - this.#layers.length - 1;
    this.save(network, m.editor_edit_block({ block: text(block.label) }));
    this.select(network.layers[last]?.id ?? null);
  }

  /** Why a block can't be added now; null where it can. */
  blockProblem(id: string): string | null {
    const block = blocks.get(id);
    if (isReplacing(block))
      return this.#isMeantFor(block) ? this.#blockReason(id, this.#shapeAt(0)) : m.backbone_other_data();
    const source = (this.connection ?? this.#behindBlock())?.source;
    return this.#blockReason(id, source === undefined ? this.#shapeAt(this.#place()) : this.#shapeOf(source));
  }

  #blockReason(id: string, input: Shape | null): string | null {
    if (!input) return m.editor_cannot_add_here();
    const block = blocks.get(id);
    const found = block.layers(defaultsOf(block.fields), input);
    return 'problem' in found ? text(found.problem) : null;
  }

  /** Puts a layer or the layers of a block into a connection. */
  insert({ kind, id }: Addition, connection: Connection): void {
    if (kind === 'layer') {
      const layer = newLayer(this.#network, id);
      const added = { ...layer, inputs: [dataSource] };
      this.save(insertBetween(this.#network, connection, [added]), m.network_edit_add({ layer: nameOf(layer) }));
      this.select(layer.id);
      return;
    }
    const block = blocks.get(id);
    if (isReplacing(block)) return this.#replaceBy(block);
    const input = this.#shapeOf(connection.source);
    const added = input && newBlock(this.#network, block, defaultsOf(block.fields), input);
    if (!added) {
      const reason = this.#blockReason(id, input) ?? '';
      toasts.show(m.nodes_refuse_block({ block: text(block.label), reason }));
      return;
    }
    this.save(insertBetween(this.#network, connection, added), m.editor_edit_block({ block: text(block.label) }));
    this.selectBlock(blockNameOf(added[0]?.id ?? '', blocks.has) ?? '');
  }

  /** Connects two layers where that is clear; else says what there is to decide or what stands against it. */
  connect(source: string, target: string): Connecting {
    const outcome = connect(this.#network, source, target);
    if (outcome.kind === 'connected') this.save(outcome.network, this.#connectionEdit(source, target));
    return outcome;
  }

  joinBefore(source: string, target: string, joiner: Joiner): void {
    const { network, id } = joinBefore(this.#network, source, target, joiner);
    this.save(network, this.#connectionEdit(source, target));
    this.select(id);
  }

  replaceInputs(source: string, target: string): void {
    this.save(replaceInputs(this.#network, source, target), this.#connectionEdit(source, target));
  }

  disconnect(connection: Connection): void {
    const words = {
      source: sourceName(this.#network, connection.source),
      target: sourceName(this.#network, connection.target ?? ''),
    };
    this.save(disconnect(this.#network, connection), m.nodes_edit_disconnect(words));
    this.select(connection.target);
  }

  removeBlock(name: string): void {
    const next = this.layersOf(name).reduce((network, { id }) => removeLayer(network, id), this.#network);
    this.save(next, m.nodes_edit_remove_block({ block: blockLabel(name) }));
    this.select(null);
  }

  usePreset({ label, network, settings: own }: OfferedPreset): void {
    const edit = m.nodes_edit_preset({ preset: text(label) });
    const { settings } = workspace;
    if (!own || !settings) this.#replace(network, edit);
    else {
      const both = { network, settings: { ...settings, ...own } };
      workspace.saveConfiguration(both, edit).catch((error: unknown) => toasts.error(error));
    }
    this.select(null);
  }

  setInputs(id: string, inputs: readonly string[]): void {
    const layer = this.#find(id);
    if (layer) this.save(setInputs(this.#network, id, inputs), m.editor_edit_inputs({ layer: nameOf(layer) }));
  }

  remove(id: string): void {
    const index = this.#layers.findIndex((layer) => layer.id === id);
    const layer = this.#layers[index];
    if (!layer) return;
    const next = removeLayer(this.#network, id);
    this.save(next, m.network_edit_remove({ layer: nameOf(layer) }));
    this.select(next.layers[Math.min(index, next.layers.length - 1)]?.id ?? null);
  }

  duplicate(id: string): void {
    const layer = this.#find(id);
    const { network, copy } = duplicateLayer(this.#network, id);
    if (!layer || !copy) return;
    this.save(network, m.network_edit_duplicate({ layer: nameOf(layer) }));
    this.select(copy);
  }

  move(id: string, to: number): void {
    const layer = this.#find(id);
    const from = this.#layers.findIndex((candidate) => candidate.id === id);
    if (!layer || to === from || to < 0 || to >= this.#layers.length) return;
    this.save(moveLayer(this.#network, id, to), m.network_edit_move({ layer: nameOf(layer) }));
  }

  setField(id: string, name: string, value: FieldValue): void {
    const layer = this.#find(id);
    if (layer) this.save(setField(this.#network, id, name, value), m.network_edit_field({ layer: nameOf(layer) }));
  }

  repair(id: string, repair: Repair): void {
    this.save(repairLayer(this.#network, id, repair), text(repair.label));
  }

  /** Puts a block in the place of all layers but the one that answers, and prepares the data as it needs them. */
  #replaceBy(block: ReplacingBlock): void {
    const { description, setup, version } = workspace;
    if (!description || !setup || !version || !this.#isMeantFor(block)) return;
    const answer = answerOf(this.#network, tasks.get(setup.task).outputs(description.target));
    const network = networkOfBlock(block, defaultsOf(block.fields), description.inputShape, answer);
    if (!network) return;
    const label = m.editor_edit_block({ block: text(block.label) });
    const data = setupForBlock(block, version.columns, setup);
    if (data === setup) this.#replace(network, label);
    else workspace.saveSetupWithNetwork(data, network, label).catch((error: unknown) => toasts.error(error));
    this.select(network.layers[0]?.id ?? null);
  }

  #isMeantFor({ replaces: { input } }: ReplacingBlock): boolean {
    const id = workspace.setup?.task;
    return id !== undefined && tasks.has(id) && tasks.get(id).input === input;
  }

  /** Where something new goes: after the selected layer; at the end, but before the output layer, where none is. */
  #place(): number {
    const at = this.#layers.findIndex((candidate) => candidate.id === this.selected);
    return at >= 0 ? at + 1 : Math.max(0, this.#layers.length - 1);
  }

  /** From the chosen block to all that takes from it; null where none is chosen. */
  #behindBlock(): Connection | null {
    const source = this.layersOf(this.block).at(-1)?.id;
    if (source === undefined) return null;
    const takers = this.#layers.filter((_, index) => inputsOf(this.#network, index).includes(source));
    const [target = null, ...others] = takers.map(({ id }) => id);
    return { source, target, others };
  }

  /** Of one example, as it comes to a place of the list. */
  #shapeAt(index: number): Shape | null {
    const before = index === 0 ? workspace.description?.inputShape : workspace.checked?.layers[index - 1]?.outputShape;
    return before ?? null;
  }

  /** Of one example, as it leaves a layer or the data. */
  #shapeOf(id: string): Shape | null {
    if (id === dataSource) return workspace.description?.inputShape ?? null;
    return workspace.checked?.layers.find((layer) => layer.id === id)?.outputShape ?? null;
  }

  #connectionEdit(source: string, target: string): string {
    return m.nodes_edit_connect({
      source: sourceName(this.#network, source),
      target: sourceName(this.#network, target),
    });
  }

  #find(id: string): LayerSpec | null {
    return this.#layers.find((layer) => layer.id === id) ?? null;
  }

  /** Saves what an edit made of the network, with the groups that are left of it. */
  save(network: NetworkSpec, label: string): void {
    this.#replace(keepGroups(this.#network, network), label);
  }

  #replace(network: NetworkSpec, label: string): void {
    workspace.saveNetwork(network, label).catch((error: unknown) => toasts.error(error));
  }
}

export const networkEditor = new NetworkEditor();

/** A layer's name for people: its type's label. */
export function nameOf(layer: LayerSpec): string {
  return layers.has(layer.type) ? text(layers.get(layer.type).label) : layer.type;
}

/** A block's or a group's name for people: "Residual block". @param name `residual-1`, or the id of the group */
export function blockLabel(name: string): string {
  const group = workspace.network?.groups?.find(({ id }) => id === name);
  if (group) return group.name;
  const id = name.replace(/-\d+$/, '');
  return blocks.has(id) ? text(blocks.get(id).label) : name;
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
