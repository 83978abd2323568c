/** The texts of a row, as a person reads them, and whether two of them say the same in two ways. */
import { findIn } from '../../../src-main/catalog';
import type { Column, DatasetVersion, Row } from '../../../src-main/contract';

export interface RowText {
  readonly name: string;
  /** Null where it is missing. */
  readonly text: string | null;
}

/**
 * Without the name of the file that a picture or sound came from, which is a fact rather than something to read.
 * @param values new values by column, as pending edits have them.
 */
export function textsOf(
  columns: readonly Column[],
  row: Row,
  values: Readonly<Record<string, string | null>>,
): RowText[] {
  return columns.flatMap(({ name }, place) => {
    if (!isRead(columns, name)) return [];
    const stored = row.values[place] ?? null;
    const text = Object.hasOwn(values, name) ? values[name] : stored;
    return [{ name, text: text === null || text === undefined ? null : String(text) }];
  });
}

/** Whether a column is one of those texts. */
export function isRead(columns: readonly Column[], name: string): boolean {
  const isMedia = columns.some(({ type }) => type === 'image' || type === 'audio');
  return !(isMedia && name === 'file') && columns.some((column) => column.name === name && column.type === 'text');
}

export function arePairs(version: DatasetVersion, columns: readonly Column[]): boolean {
  return findIn({ ...version, columns: [...columns] }).finding.id === 'sentence-pairs';
}
