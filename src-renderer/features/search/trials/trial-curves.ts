/** The curves of trials as lines of a chart: the best, the chosen and those that run stand out, the others are a pale ground. */
import type { Trial } from '../../../../src-main/contract';
import type { Series } from '../../../charts/series';

/** Lines that a chart draws within a frame, and more than an eye tells apart. */
export const mostCurves = 120;

export interface Highlighted {
  readonly best: number | null;
  readonly chosen: number | null;
}

/** @param label of a trial by its number. */
export function curvesOf(
  trials: readonly Trial[],
  { best, chosen }: Highlighted,
  label: (number: number) => string,
): Series[] {
  const withCurve = trials.filter(({ curve }) => curve.length > 0);
  const stands = ({ number, state }: Trial) => number === best || number === chosen || state === 'running';
  const ground = evenly(
    withCurve.filter((trial) => !stands(trial)),
    mostCurves,
  );
  // The more there are, the paler each.
  const strength = Math.round(Math.max(15, Math.min(50, 600 / Math.max(1, ground.length))));
  const line = (trial: Trial, look: Pick<Series, 'colour' | 'dash' | 'faint' | 'strength'>): Series => ({
    key: String(trial.number),
    label: label(trial.number),
    points: trial.curve.map((y, at) => ({ x: at + 1, y })),
    ...look,
  });
  return [
    ...ground.map((trial) => line(trial, { colour: 7, dash: 0, faint: true, strength })),
    ...withCurve.filter(stands).map((trial) => line(trial, lookOf(trial, best))),
  ];
}

function lookOf({ number, state }: Trial, best: number | null): Pick<Series, 'colour' | 'dash'> {
  if (number === best) return { colour: 0, dash: 0 };
  return state === 'running' ? { colour: 1, dash: 1 } : { colour: 3, dash: 3 };
}

function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]).filter(
    (item) => item !== undefined,
  );
}
