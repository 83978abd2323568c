/** What is drawn of the lines that a chart is given, by how they are looked at. */
import type { Series } from './series';
import { smooth } from './smooth';

export interface Overlay {
  /** Weight of a smoothed line over each, 0 for none. */
  readonly smoothing: number;
  /** There is no place for zero and less on a logarithmic axis. */
  readonly logarithmic: boolean;
  readonly smoothedLabel: (label: string) => string;
}

/** A smoothed line lies over the line itself, which becomes pale, and has its colour. */
export function overlaid(series: readonly Series[], { smoothing, logarithmic, smoothedLabel }: Overlay): Series[] {
  const drawable = logarithmic
    ? series.map((one) => ({ ...one, points: one.points.filter(({ y }) => y > 0) }))
    : [...series];
  if (smoothing <= 0) return drawable;
  const smoothed = drawable.map((one) => ({
    ...one,
    key: `${one.key}-smoothed`,
    label: smoothedLabel(one.label),
    points: smooth(one.points, smoothing),
    // Single batches have the colour of the training line, and are told from it by their dash.
    dash: one.faint ? one.dash + 2 : one.dash,
    faint: false,
  }));
  return [...drawable.map((one) => ({ ...one, faint: true })), ...smoothed];
}
