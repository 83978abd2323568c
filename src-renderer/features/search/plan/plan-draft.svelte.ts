/** The plan of the next search of the open project: proposed, then changed by the person, each change with undo. */
import { searchableFields, type SearchableField } from '../../../../src-main/catalog';
import type { SearchPlan } from '../../../../src-main/contract';
import { searches } from '../../../state/searches.svelte';
import { undoHistory } from '../../../state/undo.svelte';
import { rebased } from './plan-edits';
import { planProblems, type PlanProblems } from './plan-problems';

class PlanDraft {
  #plan = $state.raw<SearchPlan | null>(null);
  #error = $state.raw<unknown>(null);
  #projectId: string | null = null;
  /** What the plan was proposed for: data, network and settings as they were. */
  #basis: unknown = null;
  #isEdited = $state(false);
  #asked = 0;

  /** All that can be searched of it. */
  fields: readonly SearchableField[] = $derived(this.#plan ? searchableFields(this.#plan) : []);
  problems: PlanProblems | null = $derived(this.#plan && planProblems(this.#plan, this.fields));

  get plan(): SearchPlan | null {
    return this.#plan;
  }
  /** Why there is none. */
  get error(): unknown {
    return this.#error;
  }
  /** Whether it is no longer what was proposed. */
  get isEdited(): boolean {
    return this.#isEdited;
  }

  /**
   * Proposes a plan for a project as it is now, unless it did so already. What the person has changed for the same project stays.
   * @param basis changes whenever the project's data, network or settings do.
   */
  async load(projectId: string, basis: unknown): Promise<void> {
    if (projectId === this.#projectId && basis === this.#basis && this.#error === null) return;
    const asked = ++this.#asked;
    const edited = projectId === this.#projectId && this.#isEdited ? this.#plan : null;
    if (projectId !== this.#projectId) [this.#plan, this.#isEdited] = [null, false];
    [this.#projectId, this.#basis] = [projectId, basis];
    try {
      const proposed = await searches.propose(projectId, null);
      if (asked !== this.#asked) return;
      this.#plan = edited ? rebased(edited, proposed) : proposed;
      this.#error = null;
    } catch (error) {
      if (asked === this.#asked) this.#error = error;
    }
  }

  /** Begins anew with what is proposed. */
  async propose(label: string): Promise<void> {
    const projectId = this.#projectId;
    if (projectId === null) return;
    this.edit(await searches.propose(projectId, null), label);
    this.#isEdited = false;
  }

  /** @param label what was changed, for undo. */
  edit(plan: SearchPlan, label: string): void {
    const before = this.#plan;
    if (plan === before) return;
    this.#put(plan);
    undoHistory.record({ label, undo: () => this.#put(before), redo: () => this.#put(plan) });
  }

  #put(plan: SearchPlan | null): void {
    this.#plan = plan;
    this.#isEdited = true;
  }
}

export const planDraft = new PlanDraft();
