/** What the Data screen shows at the moment: the tab, the filters, the chosen row and column. */
import type { Row, SplitPart } from '../../../src-main/contract';
import { RowSelection } from './row-selection.svelte';

export class DataView {
  /** Id of a tab of data-tabs.ts. */
  tab = $state('samples');
  part = $state<SplitPart | null>(null);
  label = $state<string | null>(null);
  search = $state('');
  row = $state.raw<Row | null>(null);
  column = $state<string | null>(null);
  readonly selection = new RowSelection();

  get filtered(): boolean {
    return this.part !== null || this.label !== null || this.search !== '';
  }

  /** Rows of one version are none of another's. */
  forgetRows(): void {
    this.row = null;
    this.selection.clear();
  }

  clear(): void {
    this.part = null;
    this.label = null;
    this.search = '';
  }

  showClass(label: string): void {
    this.clear();
    this.label = label;
    this.tab = 'samples';
  }
}
