/** What a check is. One file per check under `checks/`, found by globbing; it reads what it needs and gives findings. */
import { MOST_FOUND_ROWS, type Edit, type Finding, type Fix, type Text } from '../../contract';
import type { CheckWatch, QualityData } from './quality-data';

/** A finding as a check gives it: who found it is added later. */
export type Found = Pick<Finding, 'severity' | 'sentence'> &
  Partial<Pick<Finding, 'columns' | 'count' | 'rows' | 'partners' | 'suggested' | 'fixes'>>;

export interface CheckDefinition {
  /** Unique, kebab-case; stored in reports and as the reason of edits. */
  readonly id: string;
  readonly label: Text;
  /** What it looks for and why that matters, in words for someone who has not met it. */
  readonly help: Text;
  /** Whether there is anything to look at. */
  fits(data: QualityData): boolean;
  /** Why it does not fit, where that is worth a word of its own. */
  whyNot?(data: QualityData): Text | null;
  /** @throws the signal's reason where it is aborted. */
  run(data: QualityData, watch: CheckWatch): Promise<Found[]>;
}

/** Figures in sentences; both languages group thousands alike. */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: Number.isInteger(value) ? 15 : 4 });
}

/** @param share 0–1. */
export function percent(share: number): string {
  const digits = share > 0 && share < 0.001 ? 2 : 1;
  return `${(100 * share).toFixed(digits)} %`;
}

/** `1 row`, `2 rows`. */
export function counted(count: number, one: string, many: string): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

export function excludeFix(rows: readonly number[], reason: string): Fix {
  const kept = rows.slice(0, MOST_FOUND_ROWS);
  return {
    label: { en: `Leave ${counted(kept.length, 'row', 'rows')} out`, zh: `去除 ${figure(kept.length)} 行` },
    edits: [{ kind: 'exclude', rows: [...kept], reason }],
  };
}

export function dropColumnFix(column: string): Fix {
  return {
    label: { en: `Leave column “${column}” out`, zh: `去除列“${column}”` },
    edits: [{ kind: 'drop-column', column }],
  };
}

export function emptyCellsFix(column: string, rows: readonly number[]): Fix {
  const kept = rows.slice(0, MOST_FOUND_ROWS);
  const edit: Edit = { kind: 'set', column, rows: [...kept], value: null };
  return {
    label: { en: `Empty ${counted(kept.length, 'cell', 'cells')}`, zh: `清空 ${figure(kept.length)} 个单元格` },
    edits: [edit],
  };
}
