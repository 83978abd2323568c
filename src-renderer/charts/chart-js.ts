/** Chart.js with only the pieces that lines and points need, and the interaction that finds the nearest point of every line. */
import {
  Chart,
  Interaction,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type InteractionItem,
  type InteractionModeFunction,
} from 'chart.js';
import zoom from 'chartjs-plugin-zoom';

declare module 'chart.js' {
  interface InteractionModeMap {
    /** The point of each line that is nearest in x; of many lines, those nearest to the pointer. */
    nearestOfEach: InteractionModeFunction;
  }
}

Chart.register(
  LineController,
  LineElement,
  PointElement,
  LinearScale,
  LogarithmicScale,
  ScatterController,
  Tooltip,
  zoom,
);

/** Lines that a tooltip tells of. */
const MOST = 12;

Interaction.modes.nearestOfEach = (chart, event) => {
  const found: InteractionItem[] = [];
  const [x, y] = [event.x ?? 0, event.y ?? 0];
  const { left, right } = chart.chartArea;
  for (const meta of chart.getSortedVisibleDatasetMetas()) {
    const { faint, endOnly } = chart.data.datasets[meta.index] as { faint?: boolean; endOnly?: boolean };
    if (faint || endOnly) continue;
    let best: InteractionItem | null = null;
    let distance = Number.POSITIVE_INFINITY;
    for (const [index, element] of meta.data.entries()) {
      const away = Math.abs(element.x - x);
      if (away >= distance || element.x < left - 1 || element.x > right + 1) continue;
      distance = away;
      best = { element, datasetIndex: meta.index, index };
    }
    if (best) found.push(best);
  }
  if (found.length <= MOST) return found;
  return found.sort((one, other) => Math.abs(one.element.y - y) - Math.abs(other.element.y - y)).slice(0, MOST);
};

export { Chart };
