/** Which runs of the table are chosen, by pointer and keys: one by one, from one to another, or all that are in it. */
import { hasAll, withIds, withoutIds } from '../../state/run-list';
import { runs } from '../../state/runs.svelte';
import { tableView } from './table-view.svelte';

export class RunChoice {
  /** The run whose row has the focus. */
  focused = $state<string | null>(null);
  /** From where Shift extends. */
  #from: string | null = null;

  /** Runs in the table, those of folded groups too. */
  #ids = $derived(tableView.found.map(({ id }) => id));
  /** In the order of the lines that are seen. */
  #seen = $derived(tableView.lines.flatMap((line) => (line.kind === 'run' ? [line.run.id] : [])));
  all: boolean = $derived(this.#ids.length > 0 && hasAll(runs.selected, this.#ids));
  /** What a command acts on: what is chosen, else the run that has the focus. */
  acting: readonly string[] = $derived(
    runs.selected.length > 0 ? runs.selected : this.focused === null ? [] : [this.focused],
  );

  choose(id: string, extend: boolean): void {
    if (extend && this.#from !== null) this.extendTo(id);
    else {
      runs.toggle(id);
      this.#from = id;
    }
  }
  /** Shift and an arrow begin where the focus is. */
  begin(id: string): void {
    if (runs.selected.includes(id) && this.#from !== null) return;
    this.#from = id;
    if (!runs.selected.includes(id)) runs.toggle(id);
  }
  extendTo(id: string): void {
    const [from, to] = [this.#seen.indexOf(this.#from ?? ''), this.#seen.indexOf(id)];
    if (from < 0 || to < 0) return;
    const span = this.#seen.slice(Math.min(from, to), Math.max(from, to) + 1);
    runs.select(withIds(runs.selected, span));
  }
  chooseAll(chosen: boolean): void {
    runs.select(chosen ? withIds(runs.selected, this.#ids) : withoutIds(runs.selected, this.#ids));
  }
}
