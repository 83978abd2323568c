/** How the axes of curves are called, and how places on them are written. One function each, for as long as charts stand. */
import { formatDuration, formatNumber, m } from '../../i18n';
import { curveAxes, type CurveAxis } from './curve-axis';

const formatEpoch = (x: number) => formatNumber(Number(x.toFixed(2)));
const formatStep = (x: number) => formatNumber(Math.round(x));
const formatTime = (x: number) => (x < 10 ? m.train_seconds({ count: formatNumber(x, 2) }) : formatDuration(x));

export const axisWords: Readonly<
  Record<
    CurveAxis,
    { readonly name: () => string; readonly label: () => string; readonly format: (x: number) => string }
  >
> = {
  epoch: { name: m.charts_axis_epoch, label: m.train_epoch, format: formatEpoch },
  step: { name: m.charts_axis_step, label: m.charts_step, format: formatStep },
  time: { name: m.charts_axis_time, label: m.charts_seconds, format: formatTime },
};

export const axisChoices = () => curveAxes.map((value) => ({ value, label: axisWords[value].name() }));
