/** Test rows of which the compared models say different things, or which only some of them answer rightly; page by page. */
import type { DisagreementKind, Disagreements, DisagreementsInput, Target } from '../../contract';
import { answersOfRun, type RunAnswers } from './answers';
import type { ComparedRuns } from './compared-runs';

const anomalyMarks = ['ordinary', 'anomalous'];

export function findDisagreements(compared: ComparedRuns, input: DisagreementsInput): Disagreements {
  const { runs, indices, actual } = compared;
  const { which, offset, limit } = input;
  const answers = runs.map((run) => answersOfRun(run, compared));
  const target = compared.target ?? { kind: 'number', unit: null };
  const kinds = runs.length < 2 ? {} : kindsOf(answers, actual);
  const places = placesIn(compared, answers, input.cell);
  const isAsked = which === null ? () => true : (kinds[which] ?? (() => false));
  const telling = tellingOf(answers);
  const matching = places.filter(isAsked).sort((a, b) => telling(b) - telling(a) || a - b);
  return {
    runIds: runs.map(({ runId }) => runId),
    total: matching.length,
    counts: Object.fromEntries(Object.entries(kinds).map(([kind, test]) => [kind, places.filter(test).length])),
    rows: matching.slice(offset, offset + limit).map((row) => ({
      index: indices[row] ?? 0,
      actual: wordOf(target, actual[row] ?? NaN),
      answers: answers.map(({ said, sure, right }) => ({
        predicted: wordOf(target, said[row] ?? NaN) ?? '',
        sure: sure?.[row] ?? null,
        isRight: right ? right[row] === 1 : null,
      })),
    })),
  };
}

/** Places of all rows, or of those in a cell of a run's confusion matrix. */
function placesIn(
  { runs, actual }: ComparedRuns,
  answers: readonly RunAnswers[],
  cell: DisagreementsInput['cell'],
): number[] {
  const places = Array.from(actual, (_, place) => place);
  if (!cell) return places;
  const said = answers[runs.findIndex(({ runId }) => runId === cell.runId)]?.said;
  return places.filter((place) => actual[place] === cell.actual && said?.[place] === cell.predicted);
}

type Kinds = Partial<Record<DisagreementKind, (row: number) => boolean>>;

/** The kinds that can be told apart, and which rows are of them. */
function kindsOf(answers: readonly RunAnswers[], actual: Float32Array): Kinds {
  const apart = (row: number) => answers.some(({ said }) => said[row] !== answers[0]?.said[row]);
  const [first, second] = answers;
  if (answers.every(({ right }) => right !== null)) {
    const rightIn = (row: number) => answers.reduce((sum, { right }) => sum + (right?.[row] ?? 0), 0);
    const all = (row: number) => rightIn(row) === answers.length;
    const none = (row: number) => rightIn(row) === 0;
    if (answers.length > 2) return { apart, some: (row) => !all(row) && !none(row), all, none };
    return {
      apart,
      first: (row) => first?.right?.[row] === 1 && second?.right?.[row] === 0,
      second: (row) => first?.right?.[row] === 0 && second?.right?.[row] === 1,
      ...{ all, none },
    };
  }
  const isNumber = answers.every(({ sure }) => sure === null);
  if (!isNumber || answers.length > 2) return { apart };
  const off = (one: RunAnswers | undefined, row: number) => Math.abs((one?.said[row] ?? NaN) - (actual[row] ?? NaN));
  return {
    apart,
    first: (row) => off(first, row) < off(second, row),
    second: (row) => off(second, row) < off(first, row),
  };
}

/** How much a row tells: how sure the least sure model is; of numbers how far apart the answers are. */
function tellingOf(answers: readonly RunAnswers[]): (row: number) => number {
  if (answers.every(({ sure }) => sure !== null)) {
    return (row) => Math.min(...answers.map(({ sure }) => sure?.[row] ?? 0));
  }
  return (row) => {
    const values = answers.map(({ said }) => said[row] ?? 0);
    return Math.max(...values) - Math.min(...values);
  };
}

/** A class or mark as the person knows it; the number itself of numbers; null where unknown. */
function wordOf(target: Target, value: number): string | number | null {
  if (target.kind === 'number') return Number.isNaN(value) ? null : value;
  const words = target.kind === 'classes' ? target.classes : anomalyMarks;
  return words[value] ?? null;
}
