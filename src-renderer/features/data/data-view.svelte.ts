/** What the Data screen shows at the moment: the tab, the filters and the order, the chosen row and column. */
import type { DatasetVersion, Row, RowCondition, RowSort, SplitPart } from '../../../src-main/contract';
import { RowSelection } from './row-selection.svelte';

export class DataView {
  /** Id of a tab of data-tabs.ts. */
  tab = $state('samples');
  part = $state<SplitPart | null>(null);
  label = $state<string | null>(null);
  search = $state('');
  /** Null for the order of the file. */
  sort = $state.raw<RowSort | null>(null);
  conditions = $state.raw<readonly RowCondition[]>([]);
  row = $state.raw<Row | null>(null);
  /** Where the chosen row stands under the filters. */
  position = $state(0);
  /** Whether the chosen row is open over the window, its picture or texts in full. */
  isOpen = $state(false);
  column = $state<string | null>(null);
  readonly selection = new RowSelection();

  get filtered(): boolean {
    return this.part !== null || this.label !== null || this.search !== '' || this.conditions.length > 0;
  }

  /** Whether which rows are shown, or their order, follows from their values or edits. */
  get dependsOnValues(): boolean {
    return this.label !== null || this.search !== '' || this.conditions.length > 0 || this.sort?.by.kind === 'column';
  }

  /** Rows of one version are none of another's, and neither are columns that it lacks. */
  enter(version: DatasetVersion | null): void {
    const has = (name: string) => version?.columns.some((column) => column.name === name) ?? false;
    this.row = null;
    this.isOpen = false;
    this.selection.clear();
    if (this.sort?.by.kind === 'column' && !has(this.sort.by.column)) this.sort = null;
    const kept = this.conditions.filter((condition) => !('column' in condition) || has(condition.column));
    if (kept.length < this.conditions.length) this.conditions = kept;
  }

  clear(): void {
    this.part = null;
    this.label = null;
    this.search = '';
    this.conditions = [];
  }

  showClass(label: string): void {
    this.clear();
    this.label = label;
    this.tab = 'samples';
  }

  /** A column's head was pressed: smallest first, then largest first, then the order of the file again. */
  turnSort(column: string): void {
    const way = this.sortOf(column);
    const by = { kind: 'column', column } as const;
    this.sort = way === null ? { by, descending: false } : way === 'ascending' ? { by, descending: true } : null;
  }

  /** How rows are ordered by a column; null where they are not. */
  sortOf(column: string): 'ascending' | 'descending' | null {
    if (this.sort?.by.kind !== 'column' || this.sort.by.column !== column) return null;
    return this.sort.descending ? 'descending' : 'ascending';
  }
}
