/** Which columns can be labelled, how, and which one a person most likely means. */
import { columnsOf } from '../../../src-main/catalog';
import type { ColumnType, DataSetup, DatasetVersion, PendingEdits } from '../../../src-main/contract';
import { labelKinds, type LabelColumn } from './label-kinds';

/** Made for labels first, then what holds classes, words and numbers. */
const typeOrder: readonly ColumnType[] = ['labels', 'boxes', 'spans', 'category', 'text', 'number'];

/** The kinds that can edit a column, the one of its own type first; of a column that is to be made all that could. */
export function kindsFor(version: DatasetVersion, column: LabelColumn | null) {
  const fitting = labelKinds.filter(({ kind }) => kind.fits(version, column));
  if (!column) return fitting;
  const isOwn = ({ kind }: (typeof fitting)[number]) => kind.type === column.type;
  return [...fitting.filter(isOwn), ...fitting.filter((each) => !isOwn(each))];
}

/** Columns that some kind can edit: those that are in the journal only, then the target, then by type. */
export function labelColumns(
  version: DatasetVersion,
  setup: DataSetup | null,
  pending: PendingEdits | null,
): LabelColumn[] {
  const dropped = new Set(pending?.changes.dropped);
  const rank = ({ name, type }: LabelColumn) => (name === setup?.target ? -1 : typeOrder.indexOf(type));
  // What is left out of training, as a column of labels at first is, goes on being labelled as what it holds.
  const types = Object.fromEntries(Object.entries(setup?.types ?? {}).filter(([, type]) => type !== 'ignored'));
  const known = columnsOf(version, { types })
    .filter(({ name, type }) => !dropped.has(name) && typeOrder.includes(type))
    .sort((one, other) => rank(one) - rank(other));
  const added = [...(pending?.added ?? [])].reverse();
  return [...added, ...known].filter((column) => kindsFor(version, column).length > 0);
}

/** The column to begin with; null where a new one is the likelier wish. */
export function likelyColumn(
  columns: readonly LabelColumn[],
  setup: DataSetup | null,
  pending: PendingEdits | null,
): LabelColumn | null {
  const [newest] = pending?.added.slice(-1) ?? [];
  const made = columns.find(({ type }) => type === 'labels' || type === 'boxes' || type === 'spans');
  const target = columns.find(({ name, type }) => name === setup?.target && type === 'category');
  return columns.find(({ name }) => name === newest?.name) ?? made ?? target ?? null;
}
