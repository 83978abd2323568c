/** The vertical axis must hold every line, and no value that cannot be. */
import { describe, expect, test } from 'vitest';
import { Crosshair } from './crosshair.svelte';
import { labelPlaces, lineChartConfiguration, yRange } from './line-chart';

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

test('the horizontal axis grows with a line that is longer than its least', () => {
  const colours = { series: [], text: '', muted: '', grid: '', surface: '', border: '', font: '' };
  const words = { xLabel: '', formatX: String, formatY: String, formatTick: String };
  const view = { ...words, colours, crosshair: new Crosshair(), xMaximum: 1, yMaximum: null, wholeX: true };
  const x = lineChartConfiguration(view, []).options?.scales?.['x'];
  expect(x).toMatchObject({ suggestedMax: 1 });
  expect(x?.max).toBeUndefined();
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
  test('keep apart where there are more than fit', () => {
    expect(labelPlaces([99, 99], { top: 90, bottom: 100 })).toEqual([90, 105]);
  });
});
