/** What a search found, in sentences for somebody who has never trained a network. */
import { searchImportance } from '../catalog';
import type { Run, Search, Trial } from '../contract';
import { formatMetric } from './table';
import { baselineFigure, mainFigure } from './test-figures';

/** Fields named as those that mattered. */
const NAMED = 3;
/** Below this share a field hardly mattered. */
const LEAST_SHARE = 0.1;

export function autoText(search: Search, trials: readonly Trial[], runs: readonly Run[]): string[] {
  const { counts, seconds, best, plan, outcome } = search;
  const best1 = trials.find(({ number }) => number === best);
  const lines = [
    `In ${minutesText(seconds)} ${trials.length} networks were tried: ${counts.finished} were trained to their end` +
      `${counts.pruned > 0 ? `, ${counts.pruned} were given up early because others were better by then` : ''}` +
      `${counts.failed > 0 ? `, ${counts.failed} came to nothing` : ''}.`,
  ];
  if (!best1) return [...lines, 'None of them completed an epoch: give it more minutes.'];
  lines.push(
    `They were told apart by ${plan.metric} on the validation rows, which none was trained on; the best is trial ${best1.number} with ${formatMetric(best1.value ?? NaN)}.`,
  );
  const named = searchImportance(plan, trials)
    .filter(({ share }) => share >= LEAST_SHARE)
    .slice(0, NAMED)
    .map(({ path }) => `${path.replace(/^settings\./, '')}${valueText(best1, path)}`);
  if (named.length > 0) lines.push(`What mattered most: ${named.join(', ')}.`);
  const together = outcome?.together ?? null;
  const recommended = runs.find(({ id }) => id === together?.runId) ?? runs.find(({ state }) => state === 'finished');
  if (together) {
    const how = together.value === together.alone ? 'as good, with a lower loss,' : 'better still';
    lines.push(
      `Together the trials ${together.members.join(', ')} are ${how} on the validation rows (${formatMetric(together.value)}), so they answer as one network.`,
    );
  }
  return recommended ? [...lines, ...recommendation(recommended)] : lines;
}

/** Chosen without the test rows, which therefore say how good it is on rows that it never saw. */
function recommendation(run: Run): string[] {
  const figure = mainFigure(run.test);
  const lines: string[] = [];
  if (figure !== null) {
    const constant = baselineFigure(run.test, figure);
    const beside = constant === undefined ? '' : `; answering always the same gets ${formatMetric(constant)}`;
    lines.push(
      `On the test rows, by which nothing was chosen, ${run.name} has ${figure} ${formatMetric(run.test?.[figure])}${beside}.`,
    );
  }
  lines.push(`Use it with: tandem predict ${run.name} <file>. Look closer with: tandem test ${run.name}.`);
  return lines;
}

function valueText({ values }: Trial, path: string): string {
  const value = values[path];
  if (value === undefined) return '';
  return ` (best ${typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value)})`;
}

function minutesText(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} seconds` : `${(seconds / 60).toFixed(1)} minutes`;
}
