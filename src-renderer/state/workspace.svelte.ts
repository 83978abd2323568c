/**
 * The open project: its data version and setup, what the setup makes of the data, its network and settings. Every
 * edit is saved at once and can be undone.
 */
import { checkNetwork, offeredPresets, presetOf, tasks, type CheckedNetwork } from '../../src-main/catalog';
import type {
  DataSetup,
  DatasetVersion,
  NetworkSpec,
  Project,
  TrainingSettings,
  WireError,
} from '../../src-main/contract';
import { toWireError } from '../../src-main/contract';
import { m } from '../i18n';
import { client } from '../ipc/client';
import { onNotice } from './notices';
import { preferences } from './preferences.svelte';
import { toasts } from './toasts.svelte';
import { undoHistory } from './undo.svelte';

/** What a setup makes of the data: rows per part, target, shape of one prepared example. */
export type Description = Awaited<ReturnType<typeof client.datasets.describe>>;
type Changes = Partial<Pick<Project, 'data' | 'network' | 'settings'>>;

class Workspace {
  #project = $state.raw<Project | null>(null);
  #version = $state.raw<DatasetVersion | null>(null);
  #description = $state.raw<Description | null>(null);
  /** What the description is of: the setup, or the one before it while main is asked. */
  #describedSetup: DataSetup | null = null;
  #descriptionError = $state.raw<WireError | null>(null);
  #opening = $state(false);
  #describing = 0;
  /** Counts the edits of the setup. */
  #setups = 0;
  #saving = 0;

  get project(): Project | null {
    return this.#project;
  }
  get version(): DatasetVersion | null {
    return this.#version;
  }
  get setup(): DataSetup | null {
    return this.#project?.data ?? null;
  }
  get network(): NetworkSpec | null {
    return this.#project?.network ?? null;
  }
  get settings(): TrainingSettings | null {
    return this.#project?.settings ?? null;
  }
  get description(): Description | null {
    return this.#description;
  }
  /** Why the setup does not fit the data; null while it does. */
  get descriptionError(): WireError | null {
    return this.#descriptionError;
  }
  get opening(): boolean {
    return this.#opening;
  }

  /** The network checked against the data, shapes and counts by layer; null until both are known. */
  checked: CheckedNetwork | null = $derived.by(() => {
    const { network, setup, description } = this;
    if (!network || !setup || !description || !tasks.has(setup.task)) return null;
    const { inputShape, codes, target } = description;
    return checkNetwork(network, inputShape, tasks.get(setup.task).outputs(target), codes);
  });

  /** @throws CodedError where the project or its version cannot be read; the one open before stays. */
  async open(projectId: string): Promise<void> {
    this.#opening = true;
    try {
      const project = await client.projects.open({ id: projectId });
      const version = await client.datasets.version({ id: await versionOf(project) });
      if (project.id !== this.#project?.id) undoHistory.clear();
      this.#project = project;
      this.#version = version;
      this.#description = null;
      preferences.set({ projectId });
      await this.describe();
    } finally {
      this.#opening = false;
    }
  }

  close(): void {
    this.#project = null;
    this.#version = null;
    this.#description = null;
    this.#descriptionError = null;
    undoHistory.clear();
    preferences.set({ projectId: null });
  }

  /** Reads the project again, after something else has changed it. */
  async reload(): Promise<void> {
    const id = this.#project?.id;
    if (!id) return;
    const project = await client.projects.get({ id });
    const before = this.#version?.id;
    const versionId = await versionOf(project);
    const version = versionId === before ? null : await client.datasets.version({ id: versionId });
    // An edit on its way is newer than what was just read.
    if (this.#project?.id !== id || this.#saving > 0) return;
    this.#project = withUnchangedParts(this.#project, project);
    if (!version) return;
    this.#version = version;
    await this.describe();
  }

  /** Asks main what the setup makes of the data; the newest question wins. */
  async describe(): Promise<void> {
    const asked = ++this.#describing;
    const setup = this.setup;
    if (!setup) {
      this.#description = null;
      this.#descriptionError = null;
      return;
    }
    try {
      const description = await client.datasets.describe(setup);
      if (asked !== this.#describing) return;
      this.#description = description;
      this.#describedSetup = setup;
      this.#descriptionError = null;
    } catch (error) {
      if (asked === this.#describing) this.#descriptionError = toWireError(error);
    }
  }

  /**
   * Saves another data setup. Where the network was the task's own proposal or a preset, the one for the new data takes its
   * place.
   * @param label what was done, for undo.
   */
  async saveSetup(setup: DataSetup, label: string): Promise<void> {
    const before = this.#project;
    if (!before) return;
    const proposalBefore = this.#proposal();
    const preset = this.#preset();
    const edit = ++this.#setups;
    await this.#apply({ data: setup });
    await this.describe();
    const isProposal = !before.network || same(before.network, proposalBefore?.network);
    const untouched = isProposal || preset !== null;
    const proposal = this.#proposal(isProposal ? null : preset);
    // Another edit may have come while main was asked; the network is then its business.
    const refit = proposal && this.#describedSetup === setup && edit === this.#setups && untouched;
    const settings = before.settings && before.data?.task === setup.task ? before.settings : proposal?.settings;
    const after: Changes = refit ? { data: setup, network: proposal.network, settings } : { data: setup };
    if (refit) await this.#apply(after);
    this.#record(label, { data: before.data, ...(refit ? pick(before) : {}) }, after, true);
  }

  /** Says what kind of data this is, in place of what the app found. */
  async saveFinding(finding: string, label: string): Promise<void> {
    const before = this.#version?.finding ?? null;
    await this.#putFinding(finding);
    const [undo, redo] = [() => this.#putFinding(before), () => this.#putFinding(finding)];
    undoHistory.record({ label, undo, redo }, true);
  }

  async #putFinding(finding: string | null): Promise<void> {
    const version = this.#version;
    if (!version) return;
    try {
      await client.datasets.setFinding({ datasetId: version.datasetId, finding });
      const read = await client.datasets.version({ id: version.id });
      if (this.#version?.id === read.id) this.#version = read;
    } catch (error) {
      toasts.error(error);
    }
  }

  async saveNetwork(network: NetworkSpec, label: string = m.frame_edit_network()): Promise<void> {
    await this.#edit({ network }, label);
  }

  /** Another data setup with a network that is meant for it, as one edit. */
  async saveSetupWithNetwork(data: DataSetup, network: NetworkSpec, label: string): Promise<void> {
    const before = this.#project;
    if (!before) return;
    this.#setups += 1;
    await this.#apply({ data, network });
    await this.describe();
    this.#record(label, { data: before.data, network: before.network }, { data, network }, true);
  }

  async saveSettings(settings: TrainingSettings, label: string = m.frame_edit_settings()): Promise<void> {
    await this.#edit({ settings }, label);
  }

  /** Network and settings together, and the data setup where it is given, as one edit. */
  async saveConfiguration(
    changes: Pick<Project, 'network' | 'settings'> & Partial<Pick<Project, 'data'>>,
    label: string,
  ): Promise<void> {
    if (changes.data !== undefined) this.#setups += 1;
    await this.#edit(changes, label, true);
    if (changes.data !== undefined) await this.describe();
  }

  async rename(name: string): Promise<void> {
    const project = this.#project;
    if (project) this.#project = await client.projects.update({ id: project.id, name });
  }

  async #edit(changes: Changes, label: string, toast = false): Promise<void> {
    const before = this.#project;
    if (!before) return;
    const former = Object.fromEntries(Object.keys(changes).map((name) => [name, before[name as keyof Changes]]));
    await this.#apply(changes);
    this.#record(label, former, changes, toast);
  }

  #record(label: string, before: Changes, after: Changes, toast: boolean): void {
    const put = async (changes: Changes) => {
      await this.#apply(changes);
      if (changes.data !== undefined) await this.describe();
    };
    undoHistory.record({ label, undo: () => put(before), redo: () => put(after) }, toast);
  }

  /** Shows the change at once, then saves it; a refused one is taken back and said. */
  async #apply(changes: Changes): Promise<void> {
    const before = this.#project;
    if (!before) return;
    this.#saving += 1;
    try {
      const versionId = changes.data?.versionId ?? this.#version?.id;
      if (versionId && versionId !== this.#version?.id)
        this.#version = await client.datasets.version({ id: versionId });
      this.#project = { ...before, ...changes };
      await client.projects.update({ id: before.id, ...changes });
    } catch (error) {
      if (this.#project?.id === before.id) this.#project = before;
      toasts.error(error);
    } finally {
      this.#saving -= 1;
    }
  }

  /** Which of the task's presets the network is. */
  #preset(): string | null {
    const { description, network } = this;
    const setup = this.#describedSetup;
    if (!setup || !description || !network || !tasks.has(setup.task)) return null;
    const { inputShape, codes, target, counts } = description;
    return presetOf(tasks.get(setup.task), network, inputShape, target, { codes, rows: counts.training })?.id ?? null;
  }

  /** @param preset to propose in place of the task's own choice, where the data still suit it. */
  #proposal(preset: string | null = null): { network: NetworkSpec; settings: TrainingSettings } | null {
    const { description } = this;
    const setup = this.#describedSetup;
    if (!setup || !description || !tasks.has(setup.task)) return null;
    const task = tasks.get(setup.task);
    const { inputShape, codes, target, counts } = description;
    const rows = counts.training;
    const offered = preset === null ? [] : offeredPresets(task, inputShape, target, { codes, rows });
    return {
      network:
        offered.find(({ id }) => id === preset)?.network ?? task.defaultNetwork(inputShape, target, { codes, rows }),
      settings: task.defaultSettings(target, rows),
    };
  }
}

/** A project without a setup yet still has a dataset, whose latest version is meant. */
async function versionOf(project: Project): Promise<string> {
  if (project.data) return project.data.versionId;
  const datasets = await client.datasets.list();
  return datasets.find((dataset) => dataset.id === project.datasetId)?.latestVersionId ?? project.datasetId;
}

function pick(project: Project): Changes {
  return { network: project.network, settings: project.settings };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export const workspace = new Workspace();

/** Keeps the open project current with what runs change of it (their count, the best figure). */
export function followProject(): () => void {
  const reload = () => void workspace.reload().catch((error: unknown) => toasts.error(error));
  const ends = [onNotice('runs-changed', reload), onNotice('projects-changed', reload)];
  return () => ends.forEach((end) => end());
}

/** Parts that are as they were stay the same objects, so that what is shown of them is not asked for anew and begun again. */
function withUnchangedParts(before: Project, now: Project): Project {
  const same = <Part>(old: Part, read: Part): Part => (JSON.stringify(old) === JSON.stringify(read) ? old : read);
  const { data, network, settings } = before;
  return {
    ...now,
    data: same(data, now.data),
    network: same(network, now.network),
    settings: same(settings, now.settings),
  };
}
