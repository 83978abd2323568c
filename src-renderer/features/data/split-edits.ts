/** Edits of a split as pure functions: its kind, its column, its shares; and what is wrong with it, before it is saved. */
import { groupColumn, orderColumn, ownParts, partColumn, partNamedBy, suggestSplit } from '../../../src-main/catalog';
import type {
  DataSetup,
  DatasetVersion,
  GivenPart,
  Likeness,
  Split,
  SplitFacts,
  SplitPart,
} from '../../../src-main/contract';

/** Kinds as a person tells them apart; `column` is a given split by a column. */
export const splitKinds = ['random', 'grouped', 'ordered', 'given', 'column'] as const;
export type SplitKind = (typeof splitKinds)[number];

export function kindOf(split: Split): SplitKind {
  return split.kind === 'given' && split.column !== undefined ? 'column' : split.kind;
}

/** Columns that may divide the rows: all but pictures and the target. */
export function dividingColumns(version: DatasetVersion, target: string): string[] {
  return version.columns.filter(({ name, image }) => name !== target && !image).map(({ name }) => name);
}

/** Whether a kind can be chosen at all for this data. */
export function isPossible(version: DatasetVersion, target: string, kind: SplitKind): boolean {
  if (kind === 'given') return version.hasGivenSplit;
  return kind === 'random' || kind === 'ordered' || dividingColumns(version, target).length > 0;
}

/** The split of another kind that keeps what both have; its column is the one that suggests itself, else the first. */
export function withSplitKind(version: DatasetVersion, { split, target }: DataSetup, kind: SplitKind): Split {
  const { validation, duplicates } = split;
  const [seed, stratified] = 'seed' in split ? [split.seed, split.stratified] : [1, true];
  const test = ('test' in split ? split.test : undefined) ?? 0.15;
  const [first = ''] = dividingColumns(version, target);
  const leaving =
    duplicates?.action === 'left-out' ? { duplicates: { ...duplicates, action: 'left-out' as const } } : {};
  const kept = duplicates ? { duplicates } : {};
  switch (kind) {
    case 'random':
      return { kind, seed, validation, stratified, test, ...kept };
    case 'grouped':
      return { kind, column: groupColumn(version, target) ?? first, seed, validation, test, stratified, ...kept };
    case 'ordered':
      return { kind, column: orderColumn(version, target), validation, test, ...leaving };
    case 'given':
      return { ...ownParts({ seed, stratified }), validation, test, ...leaving };
    case 'column':
      return { kind: 'given', column: partColumn(version, target) ?? first, seed, validation, stratified, ...leaving };
  }
}

/** The split with another column; what was said of the former's values is forgotten. */
export function withSplitColumn(split: Split, column: string | null): Split {
  if (split.kind === 'ordered') return { ...split, column };
  if (split.kind === 'random' || column === null) return split;
  if (split.kind === 'grouped') return { ...split, column };
  const { kind, seed, validation, stratified, duplicates } = split;
  return { kind, seed, validation, stratified, column, ...(duplicates ? { duplicates } : {}) };
}

/** A value of the column that gives the parts; `''` for cells without one. */
export interface GivenValue {
  readonly value: string;
  readonly count: number;
  /** Null where it names none and nothing was said of it. */
  readonly part: GivenPart | null;
}

/** The values of the column that gives the parts, as far as the profile knows them. */
export function givenValues(version: DatasetVersion, split: Split): GivenValue[] {
  if (split.kind !== 'given' || split.column === undefined) return [];
  const column = version.columns.find(({ name }) => name === split.column);
  if (!column) return [];
  const said = split.values ?? {};
  const values = column.categories.map(({ value, count }) => ({
    value,
    count,
    part: (Object.hasOwn(said, value) ? said[value] : partNamedBy(value)) ?? null,
  }));
  const empty = { value: '', count: column.missing, part: said[''] ?? ('training' as const) };
  return column.missing > 0 ? [...values, empty] : values;
}

/** The split where a value of its column gives this part. */
export function withGivenValue(split: Split, value: string, part: GivenPart): Split {
  return split.kind === 'given' ? { ...split, values: { ...split.values, [value]: part } } : split;
}

/** Parts whose rows are drawn, so that their share counts; the others are the data's own. */
export interface DrawnParts {
  readonly validation: boolean;
  readonly test: boolean;
}

/** @param given rows that the data's files name for each part; null where that isn't known, or the split isn't by them. */
export function drawnParts(version: DatasetVersion, split: Split, given: SplitFacts['given']): DrawnParts {
  if (split.kind !== 'given') return { validation: true, test: true };
  if (split.column !== undefined) {
    return { validation: !givenValues(version, split).some(({ part }) => part === 'validation'), test: false };
  }
  return { validation: !split.ownValidation || given?.validation === 0, test: given?.test === 0 };
}

/** Where a part's rows come from: so many that the data's files name for it, or a drawn share of those for training. */
export interface GivenSource {
  readonly part: SplitPart;
  readonly named: number;
  /** Share of the rows for training; null where none is drawn. */
  readonly drawn: number | null;
}

/** Part by part; none where the split is not by the data's files. */
export function givenSources(split: Split, given: SplitFacts['given']): GivenSource[] {
  if (split.kind !== 'given' || !given) return [];
  const own = split.ownValidation && given.validation > 0;
  // What is named for validation but not taken for it is drawn from like the rest.
  const training = given.training + (own ? 0 : given.validation);
  return [
    { part: 'training', named: training, drawn: null },
    { part: 'validation', named: given.validation, drawn: own ? null : split.validation },
    { part: 'test', named: given.test, drawn: given.test > 0 ? null : (split.test ?? 0) },
  ];
}

/** Rows that neither validation nor test takes of those that parts are drawn from, as a share. */
export function trainingShare(split: Split, drawn: DrawnParts): number {
  return 1 - (drawn.validation ? split.validation : 0) - (drawn.test ? (split.test ?? 0) : 0);
}

export type SplitAdvice = 'shares-too-large' | 'no-validation' | 'no-test';

/** What is wrong or unwise in a split. Only `shares-too-large` keeps it from being saved. */
export function splitAdvice(split: Split, drawn: DrawnParts): SplitAdvice[] {
  const advice: SplitAdvice[] = [];
  if (trainingShare(split, drawn) < 0.1 - 1e-9) advice.push('shares-too-large');
  if (drawn.validation && split.validation === 0) advice.push('no-validation');
  if (drawn.test && split.test === 0) advice.push('no-test');
  return advice;
}

/** Whether rows that are alike can be kept in one part: where the parts are drawn. */
export function canKeepTogether(split: Split): boolean {
  return split.kind === 'random' || split.kind === 'grouped';
}

/** @param action null for no repair. @returns the split as it was where its kind does not allow the repair */
export function withDuplicates(split: Split, alike: Likeness, action: 'together' | 'left-out' | null): Split {
  const rest = { ...split };
  delete rest.duplicates;
  if (action === null) return rest;
  if (rest.kind === 'random' || rest.kind === 'grouped') return { ...rest, duplicates: { alike, action } };
  return action === 'left-out' ? { ...rest, duplicates: { alike, action } } : split;
}

/** What the data suggests, unless rows are divided by it already; the split by it, to be taken with one press. */
export function suggestedSplit(
  version: DatasetVersion,
  setup: DataSetup,
): { readonly kind: SplitKind; readonly column: string; readonly split: Split } | null {
  const suggestion = suggestSplit(version, setup.target);
  // Who chose another kind has seen the question.
  if (!suggestion || setup.split.kind !== 'random') return null;
  const kind = suggestion.kind === 'given' ? 'column' : suggestion.kind;
  return { kind, column: suggestion.column, split: withSplitKind(version, setup, kind) };
}
