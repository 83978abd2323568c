/**
 * The searches of the open project and the trials of the one that is looked at, read again as main tells that they changed: at
 * most twice a second, and less often where drawing them takes long.
 */
import { untrack } from 'svelte';
import type { Search, SearchPlan, Trial } from '../../src-main/contract';
import { m } from '../i18n';
import { client } from '../ipc/client';
import { DrawingPace } from './drawing-pace';
import { navigation } from './navigation.svelte';
import { onNotice } from './notices';
import { runs } from './runs.svelte';
import { toasts } from './toasts.svelte';
import { mergedTrials } from './trial-list';
import { workspace } from './workspace.svelte';

/** Whether it is at work, or about to be. */
export function isSearching(search: Pick<Search, 'state'>): boolean {
  return search.state === 'waiting' || search.state === 'running' || search.state === 'paused';
}

const SHORTEST_MS = 500;

class Searches {
  #projectId: string | null = null;
  /** Newest first; null until they are read. */
  #list = $state.raw<readonly Search[] | null>(null);
  #openId = $state<string | null>(null);
  #trials = $state.raw<readonly Trial[]>([]);
  /** Whether the trials of the open search were read. */
  #isRead = $state(false);
  #error = $state.raw<unknown>(null);
  #since = 0;
  #reading: Promise<void> | null = null;
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #pace = new DrawingPace();

  /** The one that is looked at; null while another one is planned. */
  open: Search | null = $derived(this.#list?.find(({ id }) => id === this.#openId) ?? null);
  /** The one at work; a project has one at a time. */
  active: Search | null = $derived(this.#list?.find(isSearching) ?? null);

  get list(): readonly Search[] | null {
    return this.#list;
  }
  /** Of the open search, by number. */
  get trials(): readonly Trial[] {
    return this.#trials;
  }
  get isRead(): boolean {
    return this.#isRead;
  }
  /** Why they could not be read the last time; null where they could. */
  get error(): unknown {
    return this.#error;
  }

  /** Looks at a search, or at none, so that another one can be planned. */
  async show(id: string | null): Promise<void> {
    if (id === this.#openId) return;
    this.#openId = id;
    this.#forgetTrials();
    await this.reload();
  }

  async start(projectId: string, plan: SearchPlan): Promise<void> {
    const { id } = await client.searches.start({ projectId, plan });
    await this.show(id);
  }

  /** "Find me a good model": the proposed plan for so many minutes, begun at once. */
  async findGoodModel(projectId: string, minutes: number): Promise<void> {
    await this.start(projectId, await this.propose(projectId, minutes));
  }

  /** What is worth searching, to be compared with the latest training that the person made. */
  async propose(projectId: string, minutes: number | null): Promise<SearchPlan> {
    const plan = await client.searches.propose({ projectId, minutes });
    return { ...plan, ownRunId: plan.ownRunId ?? this.#ownRun() };
  }

  /** The search of the open project that a run comes from; null of any other run. */
  origin(runId: string): Search | null {
    const made = ({ runIds, outcome }: Search) => runIds.includes(runId) || outcome?.together?.runId === runId;
    return this.#list?.find(made) ?? null;
  }

  /** The latest finished run that no search has made. */
  #ownRun(): string | null {
    return runs.list?.find(({ id, state }) => state === 'finished' && this.origin(id) === null)?.id ?? null;
  }

  async command(id: string, command: 'pause' | 'continue' | 'stop'): Promise<void> {
    await client.searches.command({ id, command });
    await this.reload();
  }

  /** Goes on with one that has ended, with more to spend where it is given. */
  async resume(id: string, more: { minutes: number | null; trials: number | null }): Promise<void> {
    await client.searches.resume({ id, ...more });
    await this.reload();
  }

  async remove(id: string): Promise<void> {
    await client.searches.remove({ id });
    if (id === this.#openId) {
      this.#openId = null;
      this.#forgetTrials();
    }
    await this.reload();
  }

  /** Of another project, or of none. The one at work is looked at first, else the latest. */
  async showProject(projectId: string | null): Promise<void> {
    if (projectId === this.#projectId) return;
    this.#projectId = projectId;
    [this.#list, this.#openId] = [null, null];
    this.#forgetTrials();
    await this.reload();
  }

  /** Reads what changed; a call during a reading is answered by one more reading after it. */
  async reload(): Promise<void> {
    this.#stale = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    await this.#reading;
  }

  /** To be called when something changed: reads in a while, together with what changes until then. */
  changed(): void {
    if (this.#projectId === null) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        void this.reload();
      },
      Math.max(SHORTEST_MS, this.#pace.milliseconds),
    );
  }

  async #read(): Promise<void> {
    try {
      while (this.#stale) {
        this.#stale = false;
        await this.#readOnce();
      }
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
  }

  async #readOnce(): Promise<void> {
    const projectId = this.#projectId;
    if (projectId === null) return;
    const first = this.#list === null;
    const list = await client.searches.list({ projectId });
    if (projectId !== this.#projectId) {
      this.#stale = true;
      return;
    }
    this.#tellEnded(list);
    if (first) this.#openId ??= (list.find(isSearching) ?? list[0])?.id ?? null;
    await this.#readTrials(list);
  }

  async #readTrials(list: readonly Search[]): Promise<void> {
    const id = list.find((search) => search.id === this.#openId)?.id ?? null;
    const changed: Trial[] = [];
    let since = this.#since;
    for (let more = id !== null; more && id !== null && id === this.#openId;) {
      const part = await client.searches.trials({ id, since });
      changed.push(...part.trials);
      ({ since, more } = part);
    }
    const start = performance.now();
    this.#list = list;
    if (id === null || id !== this.#openId) return;
    this.#since = since;
    if (changed.length > 0) this.#trials = mergedTrials(this.#trials, changed);
    this.#isRead = true;
    // Once the page is painted and the charts, which wait for tasks of their own, are drawn.
    setTimeout(() => setTimeout(() => this.#pace.drew(performance.now() - start)));
  }

  /** A person waits for it on other screens too. */
  #tellEnded(list: readonly Search[]): void {
    const before = this.active;
    const after = list.find(({ id }) => id === before?.id);
    if (after?.state === 'finished' && navigation.screen !== 'search')
      toasts.show(m.search_ended({ name: after.name }));
  }

  #forgetTrials(): void {
    this.#trials = [];
    this.#isRead = false;
    this.#since = 0;
  }
}

export const searches = new Searches();

/**
 * Keeps the searches of the open project current, whatever screen is shown.
 * @returns a function that ends it.
 */
export function followSearches(): () => void {
  const stopNotices = onNotice('searches-changed', () => searches.changed());
  const stopEffects = $effect.root(() => {
    const projectId = $derived(workspace.project?.id ?? null);
    $effect(() => {
      const id = projectId;
      untrack(() => void searches.showProject(id));
    });
  });
  return () => {
    stopNotices();
    stopEffects();
  };
}
