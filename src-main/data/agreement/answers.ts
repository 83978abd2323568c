/** Answers of labellers in one form by the type of their column, so that equal ones can be told. */
import {
  boxSchema,
  CodedError,
  isLabelList,
  labelListSchema,
  spanSchema,
  type Box,
  type ColumnType,
} from '../../contract';
import { isMissingText, parseNumber } from '../missing';
import { pairedBoxes } from './same-boxes';

/**
 * A cell as the column would hold it; null where it says nothing. Several classes may also be written `cat; dog`.
 * @throws CodedError `edit-not-number`, `edit-not-labels`
 */
export function readAnswer(type: ColumnType, column: string, cell: string | null): string | null {
  const text = cell === null ? '' : withoutGuard(cell.trim());
  if (isMissingText(text)) return null;
  if (type === 'number') {
    const number = parseNumber(text);
    if (number === null) throw new CodedError('edit-not-number', { column, value: text.slice(0, 100) });
    return String(number);
  }
  const value = type === 'labels' && !text.startsWith('[') ? JSON.stringify(partsOf(text)) : text;
  if (!isLabelList(type, value)) throw new CodedError('edit-not-labels', { column, value: text.slice(0, 100) });
  return value;
}

/** Exports put a ' before what a spreadsheet would take for a formula. */
function withoutGuard(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

function partsOf(text: string): string[] {
  const parts = text.split(/[;|]/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

export const labelsOf = (answer: string) => labelListSchema.parse(JSON.parse(answer));
export const boxesOf = (answer: string): Box[] => boxSchema.array().parse(JSON.parse(answer));

/** Whether two answers of a column's type say the same. */
export function isSameAnswer(type: ColumnType, one: string, other: string): boolean {
  if (one === other) return true;
  if (type === 'labels') return key(labelsOf(one)) === key(labelsOf(other));
  if (type === 'spans') return key(spanTexts(one)) === key(spanTexts(other));
  if (type !== 'boxes') return false;
  const [first, second] = [boxesOf(one), boxesOf(other)];
  return first.length === second.length && pairedBoxes(first, second) === first.length;
}

function spanTexts(answer: string): string[] {
  const spans = spanSchema.array().parse(JSON.parse(answer));
  return spans.map(({ start, end, label }) => JSON.stringify([start, end, label]));
}

function key(parts: readonly string[]): string {
  return JSON.stringify([...parts].sort());
}
