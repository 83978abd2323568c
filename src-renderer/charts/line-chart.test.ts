/** The vertical axis must hold every line, and no value that cannot be. */
import { describe, expect, test } from 'vitest';
import { Crosshair } from './crosshair.svelte';
import { drawnLines, lineChartConfiguration, wholeRange, yRange, type LineChartView } from './line-chart';
import { labelled, labelPlaces } from './line-labels';
import { overlaid } from './overlaid';
import type { Series } from './series';
import { Viewport } from './viewport.svelte';

const line = (...ys: number[]) => ({ data: ys.map((y, x) => ({ x, y })) });

test('holds the lines with room, not below zero for values that are not negative', () => {
  const { min, max } = yRange({ yMaximum: null }, [line(0.01, 1), line(0.5)]);
  expect(min).toBe(0);
  expect(max).toBeGreaterThan(1);
  expect(yRange({ yMaximum: null }, [line(-2, 1)]).min).toBeLessThan(-2);
});

test('a share ends at 1', () => {
  expect(yRange({ yMaximum: 1 }, [line(0.9, 1)]).max).toBe(1);
});

test('single batches do not stretch the axis once there are epochs', () => {
  const batches = { ...line(0, 40), faint: true };
  expect(yRange({ yMaximum: null }, [line(0.5, 1), batches]).max).toBeLessThan(2);
  expect(yRange({ yMaximum: null }, [line(), batches]).max).toBeGreaterThanOrEqual(40);
});

test('a flat line and no line still have a range', () => {
  const { min, max } = yRange({ yMaximum: null }, [line(0.5, 0.5)]);
  expect(max).toBeGreaterThan(min);
  expect(yRange({ yMaximum: null }, [])).toEqual({ min: 0, max: 1 });
});

test('on a logarithmic axis the range is in steps of the same factor', () => {
  const { min, max } = yRange({ yMaximum: 1, logarithmic: true }, [line(0.001, 0.5)]);
  expect(min).toBeCloseTo(0.001 / 1.15, 9);
  expect(max).toBeCloseTo(0.5 * 1.15, 9);
});

test('a closer look has the range of what is in it', () => {
  const { min, max } = yRange({ yMaximum: null, range: { from: 1, to: 2 } }, [line(90, 0.5, 0.4, 70)]);
  expect(min).toBeGreaterThan(0.3);
  expect(max).toBeLessThan(0.6);
});

const colours = { series: ['red'], text: '', muted: '', grid: '', surface: '', border: '', font: '' };

function viewOf(viewport: Viewport, xMaximum: number | null): LineChartView {
  const words = { xLabel: '', formatX: String, formatY: String, formatTick: String, nearestOf: () => '' };
  return { ...words, colours, crosshair: new Crosshair(), viewport, xMaximum, yMaximum: null, wholeX: true };
}
const seriesOf = (count: number, points: number): Series[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ key: String(index), label: String(index), colour: index, dash: 0 },
    points: Array.from({ length: points }, (_, x) => ({ x, y: Math.sin(x * (index + 1)) })),
  }));

test('the horizontal axis grows with a line that is longer than its least', () => {
  const series = seriesOf(1, 8);
  const view = viewOf(new Viewport(), 1);
  const x = lineChartConfiguration(view, [], () => wholeRange(series, 1)).options?.scales?.['x'];
  expect(x).toMatchObject({ suggestedMax: 1 });
  expect(x?.max).toBeUndefined();
  expect(wholeRange(series, 1)).toEqual({ from: 0, to: 7 });
});

test('many long lines become bands that hold their extremes, and say of how many points', () => {
  const viewport = new Viewport();
  const series = seriesOf(100, 5_000);
  const many = drawnLines(series, { viewport, colours, width: 800 });
  expect(many.all).toBe(500_000);
  expect(many.shown).toBe(2 * 100 * 200);
  for (const [index, { band }] of many.datasets.entries()) {
    const ys = series[index]!.points.map(({ y }) => y);
    expect(Math.max(...band!.high)).toBe(Math.max(...ys));
    expect(Math.min(...band!.low)).toBe(Math.min(...ys));
  }
  expect(yRange({ yMaximum: null }, many.datasets).max).toBeGreaterThan(1);
  viewport.show({ from: 1000, to: 1049 }, { from: 0, to: 4999 });
  const near = drawnLines(series, { viewport, colours, width: 800 });
  expect(near).toMatchObject({ shown: 5000, all: 5000 });
  expect(near.datasets[0]!.band).toBeNull();
});

test('a smoothed line lies over the line itself, which stays, paler', () => {
  const [raw, batches] = seriesOf(2, 4);
  const label = (name: string) => `${name}~`;
  const given = [raw!, { ...batches!, faint: true }];
  const drawn = overlaid(given, { smoothing: 0.5, logarithmic: false, smoothedLabel: label });
  expect(drawn.map(({ label: name, faint }) => [name, faint])).toEqual([
    ['0', true],
    ['1', true],
    ['0~', false],
    ['1~', false],
  ]);
  expect(drawn[0]!.points).toBe(raw!.points);
  const positive = overlaid([raw!], { smoothing: 0, logarithmic: true, smoothedLabel: label });
  expect(positive[0]!.points.every(({ y }) => y > 0)).toBe(true);
});

test('looking closer and moving stay within what there is', () => {
  const whole = { from: 0, to: 100 };
  const viewport = new Viewport();
  viewport.zoom(0.5, whole);
  expect(viewport.range).toEqual({ from: 25, to: 75 });
  viewport.move(-2, whole);
  expect(viewport.range).toEqual({ from: 0, to: 50 });
  viewport.move(10, whole);
  expect(viewport.range).toEqual({ from: 50, to: 100 });
  viewport.zoom(4, whole);
  expect(viewport.range).toBeNull();
});

describe('labels at the ends of lines', () => {
  const area = { top: 0, bottom: 100 };
  test('stand at their lines where there is room', () => {
    expect(labelPlaces([10, 50], area)).toEqual([10, 50]);
  });
  test('move apart, and up from the lower edge', () => {
    expect(labelPlaces([40, 42], area)).toEqual([40, 55]);
    expect(labelPlaces([97, 99], area)).toEqual([77.5, 92.5]);
  });
  test('of many lines as many are named as fit, the outer ones among them', () => {
    expect(labelled(3, area)).toEqual([0, 1, 2]);
    expect(labelled(100, area)).toEqual([0, 20, 40, 59, 79, 99]);
  });
  test('keep apart where there are more than fit', () => {
    expect(labelPlaces([99, 99], { top: 90, bottom: 100 })).toEqual([90, 105]);
  });
});
