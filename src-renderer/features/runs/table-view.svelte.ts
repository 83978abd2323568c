/** How the table of runs looks now: what is asked, sorted, grouped and shown, and the views that are kept of that. */
import {
  parseRunQuery,
  RunFieldNames,
  runFields,
  sortRuns,
  type RunContext,
  type RunField,
} from '../../../src-main/catalog';
import type { RunSummary, RunTableView, SavedRunView } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { m } from '../../i18n';
import { projects } from '../../state/projects.svelte';
import { runs } from '../../state/runs.svelte';
import { undoHistory } from '../../state/undo.svelte';
import { sparklineColumn, startColumns } from './run-columns';
import { bestInColumn, differingSettings, groupRuns, type RunGroup } from './run-table';

export type TableLine =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'group'; readonly group: RunGroup; readonly folded: boolean };

export interface TableColumn {
  readonly key: string;
  /** Null for the sparkline. */
  readonly field: RunField | null;
}

const start: RunTableView = {
  query: '',
  sort: { field: 'created', descending: true },
  columns: [...startColumns],
  group: null,
};

class TableView {
  #view = $state.raw<RunTableView>(start);
  /** Keys of folded groups. */
  #folded = $state.raw<readonly string[]>([]);
  #saved = $state.raw<readonly SavedRunView[]>([]);

  #context = $derived.by<RunContext>(() => {
    const list = runs.shown;
    const byId = new Map((projects.list ?? []).map(({ id, name }) => [id, name]));
    // Runs in training grow longer: the time is read anew whenever something of them changes.
    return { now: list ? Date.now() : 0, projectName: (id) => byId.get(id) ?? '–' };
  });
  names = $derived(new RunFieldNames(runFields(runs.shown ?? [])));
  #parsed = $derived(parseRunQuery(this.#view.query, this.names));
  /** Those that the query lets through; all while it cannot be read. */
  found: readonly RunSummary[] = $derived.by(() => {
    const { matches, problem } = this.#parsed;
    const list = runs.shown ?? [];
    if (problem || this.#view.query.trim() === '') return list;
    return list.filter((run) => matches(run, this.#context));
  });
  #sorted = $derived.by(() => {
    const field = this.names.find(this.#view.sort.field);
    const { descending } = this.#view.sort;
    return field ? sortRuns(this.found, { field, descending }, this.#context) : this.found;
  });
  #groups = $derived.by(() => {
    const field = this.groupField;
    return field ? groupRuns(this.#sorted, field, this.#context) : null;
  });
  lines: readonly TableLine[] = $derived.by(() => {
    if (!this.#groups) return this.#sorted.map((run) => ({ kind: 'run', run }));
    return this.#groups.flatMap<TableLine>((group) => {
      const folded = this.#folded.includes(group.key);
      const rows = folded ? [] : group.runs.map<TableLine>((run) => ({ kind: 'run', run }));
      return [{ kind: 'group', group, folded }, ...rows];
    });
  });
  columns: readonly TableColumn[] = $derived(
    this.#view.columns.flatMap<TableColumn>((key) => {
      if (key === sparklineColumn) return { key, field: null };
      const field = this.names.find(key);
      return field ? { key, field } : [];
    }),
  );
  /** The best value of each column whose values compare. */
  bests: ReadonlyMap<string, number> = $derived(
    new Map(
      this.columns.flatMap(({ key, field }) => {
        const best = field && bestInColumn(this.found, field, this.#context);
        return best === null || best === undefined ? [] : [[key, best] as const];
      }),
    ),
  );

  get context(): RunContext {
    return this.#context;
  }
  get query(): string {
    return this.#view.query;
  }
  get problem() {
    return this.#parsed.problem;
  }
  get sort(): RunTableView['sort'] {
    return this.#view.sort;
  }
  get groupField(): RunField | null {
    return this.#view.group === null ? null : this.names.find(this.#view.group);
  }
  get saved(): readonly SavedRunView[] {
    return this.#saved;
  }
  /** The kept view that the table looks like now. */
  get current(): SavedRunView | null {
    const now = JSON.stringify(this.#view);
    return this.#saved.find(({ view }) => JSON.stringify(view) === now) ?? null;
  }

  ask(query: string): void {
    this.#view = { ...this.#view, query };
  }
  /** Adds a condition to what is asked, or asks for it alone. */
  narrow(condition: string): void {
    const { query } = this.#view;
    if (query.includes(condition)) return;
    const either = /(^|\s)or\s/i.test(query);
    this.ask(query.trim() === '' ? condition : `${either ? `(${query})` : query} and ${condition}`);
  }
  /** Sorts by a field; by the same one the other way round. Figures begin with the largest. */
  sortBy(field: RunField, numeric: boolean): void {
    const { sort } = this.#view;
    const descending = sort.field === field.key ? !sort.descending : numeric;
    this.#view = { ...this.#view, sort: { field: field.key, descending } };
  }
  groupBy(key: string | null): void {
    this.#folded = [];
    this.#view = { ...this.#view, group: key };
  }
  fold(key: string, folded: boolean): void {
    const others = this.#folded.filter((one) => one !== key);
    this.#folded = folded ? [...others, key] : others;
  }
  foldAll(folded: boolean): void {
    this.#folded = folded ? (this.#groups ?? []).map(({ key }) => key) : [];
  }

  show(columns: readonly string[]): void {
    this.#view = { ...this.#view, columns: [...columns] };
  }
  showStart(): void {
    this.show(startColumns);
  }
  /** The settings in which the runs in the table differ, before what is no setting. */
  showDiffering(): void {
    const kept = this.columns.filter(({ field }) => field?.group !== 'setting').map(({ key }) => key);
    this.show([...differingSettings(this.found, this.names.all).map(({ key }) => key), ...kept]);
  }

  async loadViews(): Promise<void> {
    this.#saved = await client.runs.views();
  }
  open({ view }: SavedRunView): void {
    this.#folded = [];
    this.#view = view;
  }
  openStart(): void {
    this.#folded = [];
    this.#view = start;
  }
  async save(name: string): Promise<void> {
    await client.runs.saveView({ name, view: this.#view });
    await this.loadViews();
  }
  async forget({ id, name, view }: SavedRunView): Promise<void> {
    let gone = id;
    const remove = async () => {
      await client.runs.removeView({ id: gone });
      await this.loadViews();
    };
    const undo = async () => {
      gone = (await client.runs.saveView({ name, view })).id;
      await this.loadViews();
    };
    await remove();
    undoHistory.record({ label: m.runs_view_deleted({ name }), undo, redo: remove }, true);
  }
}

export const tableView = new TableView();
