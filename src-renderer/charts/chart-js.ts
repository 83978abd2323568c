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

declare module 'chart.js' {
  interface InteractionModeMap {
    /** The point of each visible line that is nearest in x; lines may have points at different places. */
    nearestOfEach: InteractionModeFunction;
  }
}

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, ScatterController, Tooltip);

Interaction.modes.nearestOfEach = (chart, event) => {
  const found: InteractionItem[] = [];
  const x = event.x ?? 0;
  for (const meta of chart.getSortedVisibleDatasetMetas()) {
    let best: InteractionItem | null = null;
    let distance = Number.POSITIVE_INFINITY;
    for (const [index, element] of meta.data.entries()) {
      const away = Math.abs(element.x - x);
      if (away >= distance) continue;
      distance = away;
      best = { element, datasetIndex: meta.index, index };
    }
    if (best) found.push(best);
  }
  return found;
};

export { Chart };
