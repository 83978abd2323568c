/** Which examples are the probe: a few of the validation rows, of every class its share, the same whenever the run goes on. */
import { generator } from '../../catalog/random';
import { purpose } from '../random';
import type { Parts, TrainingData } from '../training-data';

export interface ChosenRows {
  readonly part: 'validation' | 'training';
  /** Ascending. */
  readonly rows: Int32Array<ArrayBuffer>;
}

/** @param most examples. Test rows are never among them. */
export function probeRows(
  parts: Parts,
  { targets }: Pick<TrainingData, 'targets'>,
  seed: number,
  most: number,
): ChosenRows {
  const part = parts.validation.length > 0 ? 'validation' : 'training';
  const next = generator(seed, purpose.probe);
  const drawn = Array.from(parts[part], (row) => ({ row, draw: next() })).sort((one, other) => one.draw - other.draw);
  const groups = new Map<number, number[]>();
  for (const { row } of drawn) {
    const group = targets instanceof Int32Array ? (targets[row] ?? -1) : 0;
    const known = groups.get(group);
    if (known) known.push(row);
    else groups.set(group, [row]);
  }
  // The first of each class, then all classes at the same pace.
  const placed = [...groups.values()].flatMap((group) => group.map((row, at) => ({ row, key: at / group.length })));
  const chosen = placed.sort((one, other) => one.key - other.key).slice(0, most);
  return { part, rows: Int32Array.from(chosen, ({ row }) => row).sort() };
}
