/** What a setup makes of a version: rows per part and class, the target, the shape of one prepared example. */
import {
  CodedError,
  type DatasetVersion,
  type Shape,
  type SplitCounts,
  type SplitFacts,
  type Target,
} from '../contract';
import type { SetupChoices } from './columns';
import { fitPreparation } from './fit';
import type { LibraryPaths } from './paths';
import { NO_PART, TEST, TRAINING, VALIDATION } from './split';
import { divideRows, type DividedRows } from './target';
import { readWeights } from './weights';

export interface SetupDescription {
  counts: SplitCounts;
  withoutTarget: number;
  target: Target;
  classCounts: SplitCounts[];
  inputShape: number[];
  split: SplitFacts;
}

/**
 * @throws CodedError `column-missing`, `target-empty`, `target-one-class`, `target-too-many-classes`, `inputs-missing`;
 * as `readWeights`; `split-without-*` where a part that was given a share gets no row
 */
export async function describeSetup(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: SetupChoices,
): Promise<SetupDescription> {
  const rows = await divideRows(library, version, setup);
  const { counts, classCounts, withoutTarget } = countRows(rows);
  const { split } = setup;
  const wanted = {
    training: true,
    validation: split.validation > 0,
    test: split.kind === 'given' ? split.column === undefined : split.test > 0,
  };
  for (const part of ['training', 'validation', 'test'] as const) {
    if (wanted[part] && counts[part] === 0) throw new CodedError(`split-without-${part}`);
  }
  const preparation = await fitPreparation(library, version, setup, rows);
  await readWeights(library, version, setup, rows);
  const shape: Shape = preparation.inputShape;
  return { counts, withoutTarget, target: rows.target, classCounts, inputShape: [...shape], split: rows.split };
}

function countRows(rows: DividedRows): Pick<SetupDescription, 'counts' | 'classCounts' | 'withoutTarget'> {
  const none = () => ({ training: 0, validation: 0, test: 0 });
  const counts = none();
  const classCounts = rows.target.kind === 'classes' ? rows.target.classes.map(none) : [];
  const names = { [TRAINING]: 'training', [VALIDATION]: 'validation', [TEST]: 'test' } as const;
  let withoutTarget = 0;
  for (const [row, code] of rows.parts.entries()) {
    if (code === NO_PART) withoutTarget += 1;
    if (code !== TRAINING && code !== VALIDATION && code !== TEST) continue;
    counts[names[code]] += 1;
    const counted = classCounts[rows.classes[row] ?? -1];
    if (counted) counted[names[code]] += 1;
  }
  return { counts, classCounts, withoutTarget };
}
