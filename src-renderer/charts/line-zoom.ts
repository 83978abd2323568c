/** A closer look at a part of the lines, by Chart.js's zoom plugin: drag over it, Ctrl and the wheel, Shift and drag to move. */
import type { Chart } from 'chart.js';
import type { Range } from './decimate';
import type { LineChartView } from './line-chart';

/** @param whole all there is to see, also while lines grow. */
export function zoomOptions({ viewport, colours }: LineChartView, whole: () => Range) {
  const take = ({ chart }: { chart: Chart }) => {
    const x = chart.scales['x'];
    if (x) viewport.show({ from: x.min, to: x.max }, whole());
  };
  return {
    limits: { x: { min: whole().from, max: whole().to } },
    pan: { enabled: true, mode: 'x' as const, modifierKey: 'shift' as const, threshold: 4, onPan: take },
    zoom: {
      mode: 'x' as const,
      drag: {
        enabled: true,
        threshold: 6,
        // Lines are kept as a picture, which whatever is drawn before them would be lost under.
        drawTime: 'afterDraw' as const,
        backgroundColor: `color-mix(in oklch, ${colours.series[0] ?? colours.text} 15%, transparent)`,
        borderColor: colours.border,
        borderWidth: 1,
      },
      wheel: { enabled: true, modifierKey: 'ctrl' as const, speed: 0.15 },
      pinch: { enabled: true },
      onZoom: take,
    },
  };
}
