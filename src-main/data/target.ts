/** The target column of a setup: its classes in the order of the outputs, or its numbers; and each row's part. */
import { CodedError, type DatasetVersion, type Split, type SplitFacts, type Target } from '../contract';
import { sortClasses, tasks } from '../catalog';
import { allOrdinary, keepToOrdinary, knownRows } from './anomalies';
import { findColumn, readCodes, readNumbers, type CodedColumn, type SetupChoices } from './columns';
import { comparedColumns, findDuplicates, unwatched } from './duplicates/find';
import { leaveOutAlike } from './duplicates/leakage';
import type { LibraryPaths } from './paths';
import { firstVersionOf, readOrigins, type FirstVersion } from './identity';
import { assignParts, drawPart, NO_PART, TEST, TRAINING, VALIDATION } from './split';
import { factsOf, readDivisions, type SplitReading } from './splits/read';

/** More than this is hardly a set of classes. */
const MOST_CLASSES = 1000;

export interface TargetRows {
  readonly target: Target;
  /** Class index per row, -1 where missing; for a numeric target 0, or -1 where missing; 1 for known anomalies, 0 for the rest. */
  readonly classes: Int32Array;
  /** The number per row, NaN where missing; empty for classes. */
  readonly numbers: Float64Array;
}

/** A version's rows under a setup: targets and parts, in row order. */
export interface DividedRows extends TargetRows {
  /** Codes of split.ts. */
  readonly parts: Uint8Array;
  readonly split: SplitFacts;
}

/** The last few, since pages of rows and descriptions ask for the same again and again. */
const divided = new Map<string, Promise<DividedRows>>();
const KEPT = 4;

/**
 * Targets and parts of every row.
 * @throws CodedError `column-missing`, `target-empty`, `target-one-class`, `target-too-many-classes`, `definition-unknown`;
 * as `readDivisions` and `assignParts`; as `findDuplicates` where the split looks at them
 */
export function divideRows(library: LibraryPaths, version: DatasetVersion, setup: SetupChoices): Promise<DividedRows> {
  const { task, target, split, anomaly } = setup;
  const compared = split.duplicates ? comparedColumns(version, setup) : [];
  const key = JSON.stringify([library.paths.versions, version.id, task, target, split, anomaly, compared]);
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
  const rows = await readTarget(library, version, setup);
  const own = await drawParts(library, version, setup, rows);
  const first = await firstVersionOf(library, version);
  if (!first) {
    keepToOrdinary(own.parts, rows);
    return { ...rows, parts: own.parts, split: factsOf(setup.split, own, own.parts) };
  }
  const drawn = await firstParts(first, setup);
  const identities = { origins: await readOrigins(library, version.id), firstCount: first.version.rowCount };
  const parts = keptParts(setup.split, own, drawn, identities);
  keepToOrdinary(parts, rows);
  return { ...rows, parts, split: factsOf(setup.split, own, parts) };
}

async function readTarget(library: LibraryPaths, version: DatasetVersion, setup: SetupChoices): Promise<TargetRows> {
  const { target } = tasks.get(setup.task);
  if (target === 'reconstruction' && setup.target === '') return allOrdinary(version.rowCount);
  const { index } = findColumn(version, setup.target);
  if (target === 'reconstruction') return knownRows(await readCodes(library, version, index), version, setup);
  return target === 'classes'
    ? classRows(await readCodes(library, version, index), version, setup.target)
    : numberRows(await readNumbers(library, version, index), setup.target);
}

/** What a split reads of some rows, and the parts that come of it for them alone. */
type Draw = SplitReading & { readonly parts: Uint8Array };

async function drawParts(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: SetupChoices,
  rows: TargetRows,
): Promise<Draw> {
  const { split } = setup;
  const alike = await alikeRows(library, version, setup);
  const together = split.duplicates?.action === 'together' ? alike : null;
  const reading = await readDivisions(library, version, split, together);
  const { kind } = rows.target;
  const classCount = rows.target.kind === 'classes' ? rows.target.classes.length : kind === 'number' ? 1 : 2;
  const parts = assignParts(split, { ...reading, classes: rows.classes, classCount });
  if (alike && split.duplicates?.action === 'left-out') leaveOutAlike(parts, alike);
  return { ...reading, parts };
}

/** The first row of each row's set of duplicates, where the split looks at them. */
async function alikeRows(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: SetupChoices,
): Promise<Int32Array | null> {
  const { duplicates }: Split = setup.split;
  if (!duplicates) return null;
  return (await findDuplicates(library, version, comparedColumns(version, setup), unwatched))[duplicates.alike];
}

/** Parts of the first version's rows; null where there was nothing to learn in it, as before labels were given. */
async function firstParts({ library, version }: FirstVersion, setup: SetupChoices): Promise<Uint8Array | null> {
  try {
    const rows = await readTarget(library, version, setup);
    return (await drawParts(library, version, setup, rows)).parts;
  } catch (error) {
    if (error instanceof CodedError && error.code.startsWith('target-')) return null;
    throw error;
  }
}

/**
 * Each row's part in the first version, so that a row that was excluded or got another label moves no other. A row that had no
 * target then goes with its group, or where the order or the data itself puts it, or is drawn alone.
 * Groups that came with rows that were added later are drawn by their first row, so that further rows move none of them.
 * @param own what the version's rows alone would give.
 * @param identities `firstCount` is the number of rows in the first version.
 */
function keptParts(
  split: Split,
  own: Draw,
  drawn: Uint8Array | null,
  { origins, firstCount }: { readonly origins: Int32Array; readonly firstCount: number },
): Uint8Array {
  const before = origins.map((origin) => drawn?.[origin] ?? NO_PART);
  const ofGroup = new Map<number, number>();
  const newGroups = laterGroups(own, origins, firstCount);
  for (const [row, group] of own.groups?.codes.entries() ?? []) {
    const part = before[row] ?? NO_PART;
    if (part !== NO_PART && own.parts[row] !== NO_PART) ofGroup.set(group, part);
  }
  const parts = own.parts.map((part, row) => {
    const kept = before[row] ?? NO_PART;
    if (part === NO_PART || kept !== NO_PART) return part === NO_PART ? NO_PART : kept;
    if (own.groups && split.kind !== 'ordered') {
      const group = own.groups.codes[row] ?? -1;
      const later = newGroups.get(group);
      return ofGroup.get(group) ?? (later === undefined ? part : drawPart(split, later, null));
    }
    if (split.kind === 'ordered' || (own.given?.[row] ?? TRAINING) !== TRAINING) return part;
    return drawPart(split, origins[row] ?? 0, own.given);
  });
  // A handful of first labels may leave a part without any, where their own draw does not.
  const isEmpty = (part: number) => own.parts.includes(part) && !parts.includes(part);
  return drawn === null && [TRAINING, VALIDATION, TEST].some(isEmpty) ? own.parts : parts;
}

/** Groups all of whose rows were added after the first version, with the identity of their first. */
function laterGroups({ groups }: Draw, origins: Int32Array, firstCount: number): Map<number, number> {
  const found = new Map<number, number>();
  for (const [row, group] of groups?.codes.entries() ?? []) {
    const origin = origins[row] ?? 0;
    found.set(group, Math.min(found.get(group) ?? origin, origin));
  }
  for (const [group, origin] of found) if (origin < firstCount) found.delete(group);
  return found;
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
