/** What charts with a line per class share. */
import type { ClassCurve } from '../../src-main/contract';
import { m } from '../i18n';
import type { Point } from './decimate';

export function pointsOfPairs(pairs: readonly (readonly [number, number])[]): Point[] {
  return pairs.map(([x, y]) => ({ x, y }));
}

/** In words: which classes are drawn, in how many points. */
export function areaSummary(curves: readonly ClassCurve[]): string {
  return curves.map(({ label, roc }) => m.scores_areas({ label, count: roc.length })).join(', ');
}
