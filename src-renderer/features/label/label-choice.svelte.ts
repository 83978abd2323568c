/** What a person labels in each project, kept by main, so that the tab is found as it was left. */
import { SvelteMap } from 'svelte/reactivity';
import type { LabelPlace } from '../../../src-main/contract/domains/labels';
import { client } from '../../ipc/client';
import { toasts } from '../../state/toasts.svelte';

interface Choice extends LabelPlace {
  /** Counts how often the queue was opened anew. */
  readonly round: number;
}
const none: Choice = { column: null, kind: null, queue: null, round: 0 };

class LabelChoice {
  readonly #choices = new SvelteMap<string, Choice>();
  /** Undefined before a project was opened. */
  #projectId = $state<string | null | undefined>();
  /** Whether a label moves on to the next row where its kind says so. */
  movesOn = $state(true);

  /** Of the project that was opened last; null until it was read. */
  get known(): Choice | null {
    if (this.#projectId === null) return none;
    return (this.#projectId !== undefined && this.#choices.get(this.#projectId)) || null;
  }

  /** @param projectId null where what is chosen is kept nowhere */
  async open(projectId: string | null): Promise<void> {
    this.#projectId = projectId;
    if (projectId === null || this.#choices.has(projectId)) return;
    try {
      this.#choices.set(projectId, { ...(await client.labels.place({ projectId })), round: 0 });
    } catch (error) {
      this.#choices.set(projectId, none);
      toasts.error(error);
    }
  }

  set(changed: Partial<LabelPlace>): void {
    const projectId = this.#projectId;
    if (!projectId) return;
    const { round, ...before } = this.known ?? none;
    const place = { ...before, ...changed };
    this.#choices.set(projectId, { ...place, round });
    client.labels.keepPlace({ projectId, ...place }).catch((error: unknown) => toasts.error(error));
  }

  /** Opens the queue again, from its beginning. */
  reopen(): void {
    const choice = this.known ?? none;
    if (this.#projectId) this.#choices.set(this.#projectId, { ...choice, round: choice.round + 1 });
  }
}

export const labelChoice = new LabelChoice();
