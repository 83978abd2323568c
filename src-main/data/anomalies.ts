/** Which rows are ordinary and which are known anomalies, where the task is to find those; and what follows for their parts. */
import { proposeOrdinary, sortClasses } from '../catalog';
import { CodedError, type DatasetVersion, type Shape, type Target } from '../contract';
import type { CodedColumn, SetupChoices } from './columns';
import { TRAINING, VALIDATION } from './part-codes';
import type { TargetRows } from './target';

/** Of a row, as a class of its target. */
export const ANOMALOUS = 1;

/** Rows of which nothing is known: all are taken for ordinary. */
export function allOrdinary(rows: number): TargetRows {
  const target = { kind: 'reconstruction', size: 1, known: null } as const;
  return { target, classes: new Int32Array(rows), numbers: new Float64Array(0) };
}

/** @throws CodedError `target-empty`, `target-one-class`, `anomaly-without-ordinary` */
export function knownRows(
  { codes, names }: CodedColumn,
  version: DatasetVersion,
  { target: column, anomaly }: Pick<SetupChoices, 'target' | 'anomaly'>,
): TargetRows {
  const file = version.source.name;
  const [only] = names;
  if (only === undefined) throw new CodedError('target-empty', { column });
  if (names.length === 1) throw new CodedError('target-one-class', { column, value: only, file });
  const chosen = new Set(anomaly?.ordinary ?? proposeOrdinary(countsOf({ codes, names })));
  const sorted = sortClasses(names);
  const ordinary = sorted.filter((name) => chosen.has(name));
  const anomalous = sorted.filter((name) => !chosen.has(name));
  if (ordinary.length === 0) {
    const asked = [...chosen].join(', ');
    throw new CodedError('anomaly-without-ordinary', { column, file, ordinary: asked, known: sorted.join(', ') });
  }
  const marks = names.map((name) => (chosen.has(name) ? 0 : ANOMALOUS));
  return {
    target: { kind: 'reconstruction', size: 1, known: { ordinary, anomalous } },
    classes: codes.map((code) => marks[code] ?? -1),
    numbers: new Float64Array(0),
  };
}

function countsOf({ codes, names }: CodedColumn): { value: string; count: number }[] {
  const counts = names.map((value) => ({ value, count: 0 }));
  for (const code of codes) {
    const own = counts[code];
    if (own) own.count += 1;
  }
  return counts;
}

/**
 * Known anomalies teach nothing of what is ordinary: those that were drawn for training go to the validation rows, where they
 * help to choose the threshold. Test rows stay as they were drawn.
 */
export function keepToOrdinary(parts: Uint8Array, { target, classes }: Pick<TargetRows, 'target' | 'classes'>): void {
  if (target.kind !== 'reconstruction' || target.known === null) return;
  for (let row = 0; row < parts.length; row++) {
    if (classes[row] === ANOMALOUS && parts[row] === TRAINING) parts[row] = VALIDATION;
  }
}

/** The target once it is known how many numbers an example has. */
export function sizedTarget(target: Target, shape: Shape): Target {
  return target.kind === 'reconstruction'
    ? { ...target, size: shape.reduce((product, side) => product * side, 1) }
    : target;
}
