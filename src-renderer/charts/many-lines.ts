/**
 * A chart of more lines than can be drawn within a frame: they are drawn as pictures, a few a frame, and Chart.js draws what
 * is around them. While the view moves Chart.js knows only where each line ends, which its label needs; when it stands still
 * it has the lines again, which the pointer finds its points in.
 */
import type { Chart } from 'chart.js';
import {
  columnsOf,
  countOf,
  countWithinDrawn,
  endOf,
  showWithin,
  yRangeOf,
  type LineChartView,
  type LineDataset,
} from './line-chart';
import type { Range } from './decimate';
import { LinePictures } from './line-pictures';
import { sightOf, type Sight } from './line-picture';
import type { Series } from './series';

/** Points that are drawn within a frame beside all else that it has to do, where no graphics card helps. */
const MANY = 4000;

export class ManyLines {
  readonly #counted: (shown: number) => void;
  readonly #pictures = new LinePictures((datasets) => this.#settle(datasets));
  #asked: Asked | null = null;
  #areMany = false;
  #names = '';
  /** Whether the axes turned out otherwise than the picture was made for, which is mended once. */
  #isMended = false;

  /** @param counted told how many points are shown. */
  constructor(counted: (shown: number) => void) {
    this.#counted = counted;
  }

  /** Whether so many lines are drawn in this way. */
  are(series: readonly Series[], width: number): boolean {
    const columns = columnsOf(series.length, width);
    this.#areMany = series.reduce((sum, { points }) => sum + Math.min(points.length, 2 * columns), 0) > MANY;
    if (!this.#areMany) this.#pictures.stop();
    return this.#areMany;
  }

  /** Shows lines, or more of their points, when they are drawn; what is shown stays until then. */
  show(chart: Chart<'line'>, view: LineChartView, series: readonly Series[], whole: Range): void {
    const names = JSON.stringify([view.colours, view.viewport.smoothing, series.map(({ key }) => key)]);
    if (names !== this.#names) this.#pictures.renew();
    this.#names = names;
    this.#asked = { chart, view, series, whole };
    this.#isMended = false;
    this.#draw(this.#asked, false);
  }

  /** Shows another part of the lines at once. */
  move(chart: Chart<'line'>, view: LineChartView, series: readonly Series[], whole: Range): void {
    this.#asked = { chart, view, series, whole };
    this.#isMended = false;
    const { range } = view.viewport;
    const edge = range?.to ?? Number.POSITIVE_INFINITY;
    this.#put(
      this.#asked,
      series.map((one) => endOf(one, edge, view.colours)),
    );
    this.#counted(Math.min(2 * columnsOf(series.length, chart.width) * series.length, countOf(series, range)));
    this.#draw(this.#asked, true);
  }

  stop(): void {
    this.#asked = null;
    this.#pictures.stop();
  }

  /** Draws the pictures into the chart, where the lines are many. */
  readonly draw = (chart: Chart<'line'>): boolean => {
    if (this.#areMany && this.#asked) this.#pictures.draw(chart, sightNow(chart));
    return this.#areMany;
  };

  #draw(asked: Asked, moves: boolean): void {
    const { chart, view, series, whole } = asked;
    const { range, logarithmic } = view.viewport;
    const heights = (part: Range | null) => {
      const { min, max } = heightsOf(asked, part);
      return { from: min, to: max };
    };
    const sight = () => {
      if (moves) return sightNow(chart);
      const x = range ?? { from: 0, to: Math.max(whole.to, chart.scales['x']?.max ?? 0) };
      return sightOf(chart.chartArea, { x, y: heights(range), logarithmic });
    };
    this.#pictures.show({ series, whole, range, sight, heights, colours: view.colours }, moves);
  }

  #settle(datasets: LineDataset[]): void {
    if (!this.#asked) return;
    const { chart, view } = this.#asked;
    this.#put(this.#asked, datasets);
    this.#counted(datasets.reduce((sum, dataset) => sum + countWithinDrawn(dataset, view.viewport.range), 0));
    if (this.#isMended || this.#pictures.isSharp(sightNow(chart))) return;
    this.#isMended = true;
    this.#draw(this.#asked, false);
  }

  /** Chart.js keeps what it knows of a line as long as it is the same object. */
  #put(asked: Asked, datasets: readonly LineDataset[]): void {
    const { chart, view, whole } = asked;
    const kept = chart.data.datasets as LineDataset[];
    const put = datasets.map((dataset, index) => Object.assign(kept[index] ?? {}, { endOnly: false }, dataset));
    showWithin(chart, view, put, heightsOf(asked, view.viewport.range), whole);
  }
}

interface Asked {
  readonly chart: Chart<'line'>;
  readonly view: LineChartView;
  readonly series: readonly Series[];
  readonly whole: Range;
}

function heightsOf({ view, series }: Asked, range: Range | null) {
  return yRangeOf({ ...view, logarithmic: view.viewport.logarithmic, range }, series);
}

/** What the axes of the chart show. */
function sightNow(chart: Chart<'line'>): Sight {
  const { x, y } = chart.scales;
  const logarithmic = y?.type === 'logarithmic';
  const across = { from: x?.min ?? 0, to: x?.max ?? 1 };
  return sightOf(chart.chartArea, { x: across, y: { from: y?.min ?? 0, to: y?.max ?? 1 }, logarithmic });
}
