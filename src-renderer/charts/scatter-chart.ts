/** How points over two axes are drawn with Chart.js: their scales, a line of reference, and what a click finds. */
import type { ChartConfiguration } from 'chart.js';
import type { Point } from './decimate';
import type { ChartColours } from './series';

export interface ScatterView {
  readonly points: readonly Point[];
  /** Ends of the line where an answer is right. */
  readonly line: readonly [Point, Point];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly format: (value: number) => string;
  readonly colours: ChartColours;
  /** Called with a point's place. */
  readonly onchoose: (place: number) => void;
}

export function scatterConfiguration(view: ScatterView): ChartConfiguration<'scatter', Point[]> {
  const { colours, points, line } = view;
  const [dots = colours.text] = colours.series;
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data: [...points],
          pointRadius: points.length > 300 ? 2 : 3,
          pointHoverRadius: 5,
          pointBackgroundColor: `color-mix(in oklch, ${dots} 55%, transparent)`,
          pointBorderWidth: 0,
          pointHitRadius: 4,
        },
        {
          data: [...line],
          showLine: true,
          pointRadius: 0,
          pointHitRadius: 0,
          borderColor: colours.muted,
          borderWidth: 1,
        },
      ],
    },
    options: {
      animation: false,
      parsing: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', intersect: true },
      layout: { padding: { right: 8, top: 6 } },
      scales: { x: axisOf(view, view.xLabel, false), y: axisOf(view, view.yLabel, true) },
      plugins: { tooltip: tooltipOf(view) },
      onClick(_event, [found]) {
        if (found?.datasetIndex === 0) view.onchoose(found.index);
      },
    },
  };
}

function axisOf({ colours, format }: ScatterView, label: string, gridded: boolean) {
  const font = { family: colours.font, size: 11 };
  return {
    type: 'linear' as const,
    grid: gridded ? { color: colours.grid } : { display: false },
    border: { color: colours.border, display: !gridded },
    ticks: {
      ...{ color: colours.muted, font, maxTicksLimit: 7, maxRotation: 0, includeBounds: false },
      callback: (value: string | number) => format(Number(value)),
    },
    title: { display: true, text: label, color: colours.muted, font },
  };
}

function tooltipOf({ colours, format, xLabel, yLabel }: ScatterView) {
  return {
    ...{ animation: false as const, displayColors: false, cornerRadius: 6, padding: 8, borderWidth: 1 },
    ...{ backgroundColor: colours.surface, borderColor: colours.border, bodyColor: colours.text },
    bodyFont: { family: colours.font, size: 12 },
    filter: (item: { datasetIndex: number }) => item.datasetIndex === 0,
    callbacks: {
      label: ({ parsed }: { parsed: { x: number | null; y: number | null } }) => [
        `${xLabel}  ${format(parsed.x ?? 0)}`,
        `${yLabel}  ${format(parsed.y ?? 0)}`,
      ],
    },
  };
}
