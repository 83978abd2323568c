/** What a panel of a report is. One file per kind under `report/blocks/`, found by globbing. */
import type { ReportBlock, Text } from '../../contract';
import { registry } from '../registry';
import type { Html } from './html';
import type { ReportFacts, Words } from './report-facts';

export interface ReportBlockDefinition {
  readonly id: string;
  /** Place in the list to choose from. */
  readonly order: number;
  readonly label: Text;
  /** In one sentence, what it shows. */
  readonly about: Text;
  /** Whether it says anything of one run alone. */
  readonly isOfSeveral: boolean;
  /** What a person says of it: a text in Markdown, or which metric. */
  readonly asks: 'text' | 'metric' | null;
  /** Part of what a report begins with. */
  readonly isUsual: boolean;
  /**
   * @param id unique in the page, for elements that are named by others.
   * @returns null where the runs have nothing of it, which is then said.
   */
  readonly render: (facts: ReportFacts, words: Words, values: ReportBlock['values'], id: string) => Html | null;
}

export const reportBlocks = registry<ReportBlockDefinition>(
  'report block',
  import.meta.glob(['./blocks/*.ts', '!./blocks/*.test.ts'], { eager: true, import: 'definition' }),
);
