/** The target column of a setup: its classes in the order of the outputs, or its numbers; and each row's part. */
import { CodedError, type DatasetVersion, type Split, type Target } from '../contract';
import { tasks } from '../catalog';
import { findColumn, readCodes, readGivenTest, readNumbers, type CodedColumn, type SetupChoices } from './columns';
import { parseNumber } from './missing';
import type { LibraryPaths } from './paths';
import { assignParts } from './split';

/** More than this is hardly a set of classes. */
const MOST_CLASSES = 1000;

export interface TargetRows {
  readonly target: Target;
  /** Class index per row, -1 where missing; for a numeric target 0, or -1 where missing. */
  readonly classes: Int32Array;
  /** The number per row, NaN where missing; empty for classes. */
  readonly numbers: Float64Array;
}

/** A version's rows under a setup: targets and parts, in row order. */
export interface DividedRows extends TargetRows {
  /** Codes of split.ts. */
  readonly parts: Uint8Array;
}

/** The last few, since pages of rows and descriptions ask for the same again and again. */
const divided = new Map<string, Promise<DividedRows>>();
const KEPT = 4;

/**
 * Targets and parts of every row.
 * @throws CodedError `column-missing`, `target-empty`, `target-one-class`, `target-too-many-classes`, `definition-unknown`
 */
export function divideRows(library: LibraryPaths, version: DatasetVersion, setup: SetupChoices): Promise<DividedRows> {
  const { task, target, split } = setup;
  const key = JSON.stringify([library.paths.versions, version.id, task, target, split]);
  const known = divided.get(key);
  if (known) return known;
  const made = divide(library, version, setup);
  divided.set(key, made);
  made.catch(() => divided.delete(key));
  const [oldest] = divided.keys();
  if (divided.size > KEPT && oldest) divided.delete(oldest);
  return made;
}

async function divide(library: LibraryPaths, version: DatasetVersion, setup: SetupChoices): Promise<DividedRows> {
  const { index } = findColumn(version, setup.target);
  const wantsSplit = setup.split.kind === 'given' && version.hasGivenSplit;
  const kind = tasks.get(setup.task).target;
  const rows =
    kind === 'classes'
      ? classRows(await readCodes(library, version, index), version, setup.target)
      : numberRows(await readNumbers(library, version, index), setup.target);
  const given = wantsSplit ? await readGivenTest(library, version) : null;
  return { ...rows, parts: partsOf(rows, setup.split, given) };
}

function partsOf(rows: TargetRows, split: Split, givenTest: Uint8Array | null): Uint8Array {
  const isClasses = rows.target.kind === 'classes';
  return assignParts(isClasses ? split : { ...split, stratified: false }, {
    classes: rows.classes,
    classCount: rows.target.kind === 'classes' ? rows.target.classes.length : 1,
    givenTest,
  });
}

/** Classes by size where all are numbers, else by their characters' codes, so that the order never hangs on the rows'. */
export function sortClasses(classes: readonly string[]): string[] {
  const numbers = new Map(classes.map((name) => [name, parseNumber(name)]));
  const areNumbers = [...numbers.values()].every((value) => value !== null);
  if (areNumbers) return [...classes].sort((one, other) => (numbers.get(one) ?? 0) - (numbers.get(other) ?? 0));
  return [...classes].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

function classRows({ codes, names }: CodedColumn, version: DatasetVersion, column: string): TargetRows {
  const classes = sortClasses(names);
  const [only] = classes;
  if (only === undefined) throw new CodedError('target-empty', { column });
  if (classes.length === 1)
    throw new CodedError('target-one-class', { column, value: only, file: version.source.name });
  if (classes.length > MOST_CLASSES) {
    throw new CodedError('target-too-many-classes', { column, count: classes.length, most: MOST_CLASSES });
  }
  const indices = new Map(classes.map((name, index) => [name, index]));
  const places = names.map((name) => indices.get(name) ?? -1);
  return {
    target: { kind: 'classes', classes },
    classes: codes.map((code) => places[code] ?? -1),
    numbers: new Float64Array(0),
  };
}

function numberRows(numbers: Float64Array, column: string): TargetRows {
  if (numbers.every(Number.isNaN)) throw new CodedError('target-empty', { column });
  const classes = new Int32Array(numbers.length);
  for (let row = 0; row < numbers.length; row += 1) if (Number.isNaN(numbers[row])) classes[row] = -1;
  return { target: { kind: 'number', unit: null }, classes, numbers };
}
