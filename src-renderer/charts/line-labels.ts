/** The labels at the ends of lines: each beside its line's last point, moved apart where they would overlap. */
import type { Chart, Plugin } from 'chart.js';
import type { LineChartView, LineDataset } from './line-chart';

const labelHeight = 15;
/** Pixels between a line and its label, and the most that a label takes. */
const [gap, widest] = [8, 140];

/**
 * Middles of labels that stand beside these heights without overlapping, inside the area where they fit: below its lower
 * edge are the numbers of the axis.
 * @param heights in pixels from the top, ascending.
 */
export function labelPlaces(
  heights: readonly number[],
  area: { readonly top: number; readonly bottom: number },
): number[] {
  const places: number[] = [];
  for (const height of heights) places.push(Math.max(height, (places.at(-1) ?? area.top - labelHeight) + labelHeight));
  let below = area.bottom - labelHeight / 2;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    places[index] = Math.max(Math.min(places[index] ?? 0, below), area.top + index * labelHeight);
    below = (places[index] ?? 0) - labelHeight;
  }
  return places;
}

/** @param count of lines. @returns which of them get a label: all where there is room, else as many as fit, spread evenly. */
export function labelled(count: number, area: { readonly top: number; readonly bottom: number }): number[] {
  const room = Math.max(1, Math.floor((area.bottom - area.top) / labelHeight));
  const shown = Math.min(count, room);
  return Array.from({ length: shown }, (_, place) =>
    shown === 1 ? 0 : Math.round((place * (count - 1)) / (shown - 1)),
  );
}

export function endLabels(view: LineChartView): Plugin<'line'> {
  const font = `12px ${view.colours.font}`;
  return {
    id: 'end-labels',
    beforeLayout(chart) {
      chart.ctx.font = font;
      const labels = chart.data.datasets.filter((dataset) => !(dataset as LineDataset).faint);
      const widths = labels.map((dataset) => chart.ctx.measureText(dataset.label ?? '').width);
      const width = Math.min(widest, Math.max(0, ...widths)) + gap + 6;
      const padding = chart.options.layout?.padding;
      if (typeof padding === 'object' && padding !== null) Object.assign(padding, { right: width });
    },
    // They stand beside the lines' area, under whatever is drawn later.
    beforeDraw(chart) {
      const all = ends(chart).sort((a, b) => a.y - b.y);
      const shown = labelled(all.length, chart.chartArea).flatMap((index) => all[index] ?? []);
      const places = labelPlaces(
        shown.map(({ y }) => y),
        chart.chartArea,
      );
      chart.ctx.save();
      chart.ctx.font = font;
      chart.ctx.textBaseline = 'middle';
      for (const [index, { y, dataset }] of shown.entries()) {
        chart.ctx.fillStyle = String(dataset.borderColor);
        chart.ctx.fillText(dataset.label ?? '', chart.chartArea.right + gap, places[index] ?? y, widest);
      }
      chart.ctx.restore();
    },
  };
}

/** Where the lines leave the area in view: at their last point, or where they cross its right edge. */
function ends(chart: Chart<'line'>) {
  const { right, top, bottom } = chart.chartArea;
  return chart.getSortedVisibleDatasetMetas().flatMap((meta) => {
    const dataset = chart.data.datasets[meta.index] as LineDataset | undefined;
    if (!dataset || dataset.faint) return [];
    const last = meta.data.at(-1);
    const before = meta.data.at(-2);
    if (!last) return [];
    const share = before && last.x > right && last.x > before.x ? (right - before.x) / (last.x - before.x) : 1;
    const y = before ? before.y + (last.y - before.y) * share : last.y;
    return [{ y: Math.min(bottom, Math.max(top, y)), dataset }];
  });
}
