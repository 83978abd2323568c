/** Rows by their index, replaced as a whole when some arrive; the latest few hundred stay. */
import type { Row } from '../../../src-main/contract';

export type KeptRows = ReadonlyMap<number, Row>;

export const noRows: KeptRows = new Map();
const most = 500;

/** With rows that were read just now, which are in no part here. */
export function withRows(kept: KeptRows, read: readonly Omit<Row, 'part'>[]): KeptRows {
  return new Map([...[...kept].slice(-most), ...read.map((row) => [row.index, { ...row, part: null }] as const)]);
}
