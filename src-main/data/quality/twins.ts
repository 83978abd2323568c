/** Rows that are like an earlier one, exactly or nearly, as the search for duplicates finds them; and what to say of them. */
import type { CheckWatch, QualityColumn, QualityData } from './quality-data';

export interface Twins {
  /** Rows that are like an earlier one, ascending. */
  readonly rows: number[];
  /** The first row of each one's set. */
  readonly partners: number[];
}

export interface FoundTwins {
  readonly exact: Twins;
  /** Without the exact ones. */
  readonly near: Twins;
}

/** Columns in which rows are compared: the pictures alone, else all inputs but running numbers. */
export function twinColumns(data: QualityData): readonly QualityColumn[] {
  const { pictureColumn } = data;
  if (pictureColumn) return [pictureColumn];
  return data.inputs.filter(({ type, column }) => type !== 'image' && !numbersRows(column, data.rows));
}

/** A column that only counts rows or names them, so that it differs where all else is equal. */
function numbersRows({ name, distinct }: { readonly name: string; readonly distinct: number }, rows: number): boolean {
  return distinct >= 0.95 * rows && /(^|[\s_.-])(id|uuid|guid|index|key|row|nr|no)$|^unnamed/i.test(name);
}

/**
 * Whether columns can take so few combinations of values that equal rows say nothing: with n rows and m combinations, n² / 2m
 * pairs are equal by chance alone, and columns that hang together make more.
 */
export function equalByChance(columns: readonly QualityColumn[], rows: number): boolean {
  if (columns.some(({ type }) => type === 'image')) return false;
  const combinations = columns.reduce((product, { column }) => product * Math.max(1, column.distinct), 1);
  return combinations < 20 * rows * rows;
}

/** @throws CodedError as the search does; the signal's reason. */
export async function twinsOf(data: QualityData, watch: CheckWatch): Promise<FoundTwins> {
  const columns = twinColumns(data);
  if (columns.length === 0 || equalByChance(columns, data.rows)) return { exact: none(), near: none() };
  const found = await data.duplicates(
    columns.map(({ name }) => name),
    watch,
  );
  const exact = none();
  const near = none();
  for (const [row, first] of found.exact.entries()) {
    if (first !== row) add(exact, row, first);
    else if (found.near[row] !== row) add(near, row, found.near[row] ?? row);
  }
  return { exact, near };
}

function none(): Twins {
  return { rows: [], partners: [] };
}

function add({ rows, partners }: Twins, row: number, partner: number): void {
  rows.push(row);
  partners.push(partner);
}

/** Splits twins by whether both have the same class, or one has none. */
export async function byLabel(data: QualityData, twins: Twins): Promise<{ same: Twins; other: Twins }> {
  const divided = await data.divided();
  const [same, other] = [none(), none()];
  for (const [place, row] of twins.rows.entries()) {
    const partner = twins.partners[place] ?? row;
    const [label, partnerLabel] = [divided?.classes[row] ?? -1, divided?.classes[partner] ?? -1];
    const differs = divided?.target.kind === 'classes' && label >= 0 && partnerLabel >= 0 && label !== partnerLabel;
    add(differs ? other : same, row, partner);
  }
  return { same, other };
}
