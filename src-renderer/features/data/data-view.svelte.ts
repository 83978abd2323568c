/** What the Data screen shows at the moment: the tab, the filters, the chosen row and column. */
import type { Row, SplitPart } from '../../../src-main/contract';

export class DataView {
  /** Id of a tab of data-tabs.ts. */
  tab = $state('samples');
  part = $state<SplitPart | null>(null);
  label = $state<string | null>(null);
  search = $state('');
  row = $state.raw<Row | null>(null);
  column = $state<string | null>(null);

  get filtered(): boolean {
    return this.part !== null || this.label !== null || this.search !== '';
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
