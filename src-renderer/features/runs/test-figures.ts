/** Which figures of the test rows stand in a comparison of runs. */
import { orderedScores } from '../../../src-main/catalog';
import type { Run } from '../../../src-main/contract';

export interface TestFigure {
  /** Without the part. */
  readonly name: string;
  /** Whether what the baseline gets stands below it: for the first score, which decides. */
  readonly baseline: boolean;
}

/** In the order in which runs have them; older runs have fewer, some with the part before the name. */
export function testFigures(runs: readonly Pick<Run, 'test'>[]): TestFigure[] {
  const known = new Set(runs.flatMap(({ test }) => Object.keys(test ?? {})));
  const names = [...known].filter((name) => !name.startsWith('baseline.')).map((name) => name.replace(/^test\./, ''));
  const deciding = orderedScores.find(({ id }) => known.has(`baseline.${id}`))?.id;
  return [...new Set(names)].map((name) => ({ name, baseline: name === deciding }));
}
