/** A line chart as static SVG: numbers in words beside it, a dash for each line beside its colour, no extreme lost by thinning. */
import { markup, type Html } from './html';

export interface ChartLine {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChart {
  readonly title: string;
  /** What the lines do, for those who do not see them. */
  readonly summary: string;
  readonly xLabel: string;
  readonly yText: (value: number) => string;
  readonly xText: (value: number) => string;
  readonly lines: readonly ChartLine[];
  /** Unique in the page. */
  readonly id: string;
}

const [WIDTH, HEIGHT] = [720, 300];
const area = { left: 64, right: WIDTH - 12, top: 12, bottom: HEIGHT - 40 };
/** Okabe and Ito's colours, those that stand out on white, in their order; then the dashes that tell them apart without colour. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'];
const dashes = ['', '7 3', '2 3', '9 3 2 3'];
const COLUMNS = 300;

export function lineStyle(place: number): { readonly colour: string; readonly dash: string } {
  const colour = colours[place % colours.length] ?? '#000000';
  return { colour, dash: dashes[(place + Math.floor(place / colours.length)) % dashes.length] ?? '' };
}

/** Null where there is nothing to draw. */
export function lineChart(chart: LineChart): Html | null {
  const lines = chart.lines.map((line) => ({ ...line, points: line.points.filter(([, y]) => Number.isFinite(y)) }));
  const all = lines.flatMap(({ points }) => points);
  if (all.length === 0) return null;
  const x = scale(extent(all.map(([value]) => value)), area.left, area.right);
  const y = scale(padded(extent(all.map(([, value]) => value))), area.bottom, area.top);
  const { id, title, summary } = chart;
  return markup`<figure>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-summary">
      <title id="${id}-title">${title}</title>
      <desc id="${id}-summary">${summary}</desc>
      ${ticks(y.from, y.to).map((value) => gridLine(y.at(value), chart.yText(value)))}
      ${ticks(x.from, x.to).map((value) => markup`<text x="${round(x.at(value))}" y="${area.bottom + 16}" text-anchor="middle">${chart.xText(value)}</text>`)}
      <text x="${area.right}" y="${HEIGHT - 6}" text-anchor="end">${chart.xLabel}</text>
      ${lines.map((line, place) => drawn(line, place, x, y))}
    </svg>
    <figcaption>${title}</figcaption>
    ${legend(lines)}
  </figure>`;
}

interface Scale {
  readonly from: number;
  readonly to: number;
  at(value: number): number;
}

function scale([from, to]: readonly [number, number], start: number, end: number): Scale {
  const length = to - from || 1;
  return { from, to, at: (value) => start + ((value - from) / length) * (end - start) };
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

function padded([low, high]: readonly [number, number]): readonly [number, number] {
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return [low - room, high + room];
}

/** About five round values between two. */
function ticks(from: number, to: number): number[] {
  const rough = (to - from) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(from / step) * step;
  const count = Math.max(1, Math.floor((to - first) / step + 1e-9) + 1);
  return Array.from({ length: count }, (_, at) => Number((first + at * step).toPrecision(12)));
}

function gridLine(y: number, label: string): Html {
  return markup`<line class="grid" x1="${area.left}" x2="${area.right}" y1="${round(y)}" y2="${round(y)}" /><text
      x="${area.left - 6}" y="${round(y + 4)}" text-anchor="end">${label}</text>`;
}

function drawn({ points }: ChartLine, place: number, x: Scale, y: Scale): Html {
  const { colour, dash } = lineStyle(place);
  const kept = thinned(points);
  const path = kept.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${round(x.at(px))} ${round(y.at(py))}`).join('');
  const [only] = kept;
  if (kept.length === 1 && only)
    return markup`<circle cx="${round(x.at(only[0]))}" cy="${round(y.at(only[1]))}" r="3" fill="${colour}" />`;
  return markup`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.75" stroke-dasharray="${dash}" />`;
}

/** Of each stretch its first, lowest, highest and last point, in their order. */
export function thinned(points: ChartLine['points']): ChartLine['points'] {
  if (points.length <= 4 * COLUMNS) return points;
  const size = points.length / COLUMNS;
  return Array.from({ length: COLUMNS }, (_, at) =>
    points.slice(Math.floor(at * size), Math.floor((at + 1) * size)),
  ).flatMap((stretch) => {
    const [first] = stretch;
    const last = stretch.at(-1);
    if (!first || !last) return [];
    const lowest = stretch.reduce((found, point) => (point[1] < found[1] ? point : found), first);
    const highest = stretch.reduce((found, point) => (point[1] > found[1] ? point : found), first);
    return [...new Set([first, lowest, highest, last])].sort((one, other) => one[0] - other[0]);
  });
}

function legend(lines: readonly ChartLine[]): Html {
  const entries = lines.map(({ name }, place) => {
    const { colour, dash } = lineStyle(place);
    return markup`<li><svg class="sample" viewBox="0 0 28 8" aria-hidden="true"><line x1="0" x2="28" y1="4" y2="4" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}" /></svg>${name}</li>`;
  });
  return markup`<ul class="legend">${entries}</ul>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
