/** What a setup makes of a version: rows per part and class, the target, the shape of one prepared example. */
import {
  CodedError,
  type DatasetVersion,
  type ForecastFacts,
  type SplitCounts,
  type SplitFacts,
  type Target,
} from '../contract';
import { sizedTarget } from './anomalies';
import type { SetupChoices } from './columns';
import { fitSteps } from './forecast/open';
import { factsOf, isForecast, readForecast } from './forecast/read';
import { inputFormOf } from './input-shape';
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
  codes: number | null;
  split: SplitFacts;
  forecast: ForecastFacts | null;
}

/**
 * @throws CodedError `column-missing`, `target-empty`, `target-one-class`, `target-too-many-classes`, `inputs-missing`;
 * as `readWeights` and `readForecast`; `split-without-*` where a part that was given a share gets no row
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
    test: split.kind === 'given' ? split.column === undefined && split.test !== 0 : split.test > 0,
  };
  for (const part of ['training', 'validation', 'test'] as const) {
    if (wanted[part] && counts[part] === 0) throw new CodedError(`split-without-${part}`);
  }
  await readWeights(library, version, setup, rows);
  const described = { counts, withoutTarget, classCounts, split: rows.split };
  if (isForecast(setup)) return { ...described, ...(await describeForecast(library, version, setup, rows)) };
  const form = await inputFormOf(library, version, setup, rows);
  return { ...described, target: sizedTarget(rows.target, form.inputShape), ...form, forecast: null };
}

async function describeForecast(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: SetupChoices,
  rows: DividedRows,
): Promise<Pick<SetupDescription, 'target' | 'inputShape' | 'codes' | 'forecast'>> {
  const facts = factsOf(await readForecast(library, version, setup, rows));
  const { inputShape, target } = (await fitSteps(library, version, setup, rows, facts.plan)).preparation;
  return { target, inputShape, codes: null, forecast: facts };
}

function countRows(rows: DividedRows): Pick<SetupDescription, 'counts' | 'classCounts' | 'withoutTarget'> {
  const classes = rows.target.kind === 'classes' ? rows.target.classes : [];
  const noClass = classes.length;
  // One count per class, and one for rows of none, of each part code.
  const seen = Array.from({ length: 256 }, () => new Float64Array(0));
  for (const code of [TRAINING, VALIDATION, TEST, NO_PART]) seen[code] = new Float64Array(noClass + 1);
  for (let row = 0; row < rows.parts.length; row += 1) {
    const counted = seen[rows.parts[row] ?? NO_PART];
    const place = rows.classes[row] ?? -1;
    const at = place >= 0 && place < noClass ? place : noClass;
    if (counted) counted[at] = (counted[at] ?? 0) + 1;
  }
  const all = (code: number) => seen[code]?.reduce((sum, count) => sum + count, 0) ?? 0;
  const of = (code: number, place: number) => seen[code]?.[place] ?? 0;
  return {
    counts: { training: all(TRAINING), validation: all(VALIDATION), test: all(TEST) },
    classCounts: classes.map((_, place) => ({
      training: of(TRAINING, place),
      validation: of(VALIDATION, place),
      test: of(TEST, place),
    })),
    withoutTarget: all(NO_PART),
  };
}
