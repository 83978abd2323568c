/** From which run a branch is being asked for. */
class Branching {
  #from = $state.raw<{ readonly runId: string; readonly name: string; readonly epoch: number | null } | null>(null);

  get from() {
    return this.#from;
  }

  /** @param epoch that is looked at; null for the last */
  ask(run: { readonly id: string; readonly name: string }, epoch: number | null = null): void {
    this.#from = { runId: run.id, name: run.name, epoch };
  }
  close(): void {
    this.#from = null;
  }
}

export const branching = new Branching();
