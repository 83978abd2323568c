/** Dates in the forms that people and programs write, and what is none. */
import { describe, expect, test } from 'vitest';
import { dayOrderOf, parseDate, weekdayOf } from './dates';
import { applyChain, fitChain } from './index';

test.each([
  ['2024-02-29', [2024, 2, 29, 0]],
  ['2024/2/9', [2024, 2, 9, 0]],
  ['20240229', [2024, 2, 29, 0]],
  ['2024-02-29T18:30:00Z', [2024, 2, 29, 18.5]],
  ['2024-02-29 18:30:45.5+08:00', [2024, 2, 29, 18.5 + 45.5 / 3600]],
  ['29.2.2024', [2024, 2, 29, 0]],
  ['29-2-2024', [2024, 2, 29, 0], 'day-first'],
  ['03/04/2024', [2024, 3, 4, 0]],
  ['03/04/2024', [2024, 4, 3, 0], 'day-first'],
  ['2/29/2024 6:15 PM', [2024, 2, 29, 18.25]],
  ['12:00', null],
  ['Feb 29, 2024', [2024, 2, 29, 0]],
  ['February 29th, 2024 12 am', [2024, 2, 29, 0]],
  ['29 February 2024', [2024, 2, 29, 0]],
  ['Thu, 29 Feb 2024 18:30:00 GMT', [2024, 2, 29, 18.5]],
  ['29-Feb-2024', [2024, 2, 29, 0]],
  ['2024年2月29日', [2024, 2, 29, 0]],
  ['2024年2月', [2024, 2, 1, 0]],
  ['1949-01', [1949, 1, 1, 0]],
  ['1949-1', [1949, 1, 1, 0]],
  ['Jan 1949', [1949, 1, 1, 0]],
  ['1949 September', [1949, 9, 1, 0]],
  ['1949Q3', [1949, 7, 1, 0]],
  ['Q4 1949', [1949, 10, 1, 0]],
  ['1949', [1949, 1, 1, 0]],
  ['1949-13', null],
  ['1949Q5', null],
  ['Foo 1949', null],
  ['3949', null],
  ['1899-12-31', [1899, 12, 31, 0]],
  ['0099-01-02', [99, 1, 2, 0]],
  ['2023-02-29', null],
  ['2024-13-01', null],
  ['2024-00-10', null],
  ['2024-01-01 24:00', null],
  ['29/02/2024', null],
  ['Foo 29, 2024', null],
  ['yesterday', null],
  ['1709231400', null],
  ['', null],
] as [string, number[] | null, ('day-first' | 'month-first')?][])(
  '%s → %o',
  (text, expected, order = 'month-first') => {
    const date = parseDate(text, order);
    expect(date && [date.year, date.month, date.day, date.hour]).toEqual(expected);
  },
);

test('weekdays go from Monday to Sunday', () => {
  const known = { '2024-02-26': 0, '2024-02-29': 3, '2024-03-03': 6, '1900-01-01': 0 };
  for (const [text, weekday] of Object.entries(known)) expect(weekdayOf(parseDate(text, 'month-first')!)).toBe(weekday);
});

describe('which number is the day', () => {
  test('shows where one is above 12, and is the second otherwise', () => {
    expect(dayOrderOf(['03/04/2024', '25/12/2024'])).toBe('day-first');
    expect(dayOrderOf(['03/04/2024', '12/25/2024'])).toBe('month-first');
    expect(dayOrderOf(['03/04/2024', '2024-12-25', 'none'])).toBe('month-first');
  });

  test('is learnt from training rows alone', () => {
    const texts = (names: string[]) => ({ kind: 'texts' as const, names, codes: Int32Array.from(names.keys()) });
    const chain = fitChain(
      [{ type: 'date-parts', fields: { circle: false, year: false, weekday: false } }],
      texts(['25/12/2023']),
    );
    const made = applyChain(chain, texts(['03/04/2024', '12/25/2024', 'soon']));
    // The 3rd of April; a 25th month and "soon" are missing.
    expect(made).toMatchObject({ width: 1, values: Float64Array.of(4 + 2 / 31, NaN, NaN) });
  });
});

test('on the circle, December lies beside January and 23 h beside 0 h', () => {
  const texts = (names: string[]) => ({ kind: 'texts' as const, names, codes: Int32Array.from(names.keys()) });
  const all = texts(['2024-12-31 23:59', '2024-01-01 00:00', '2024-07-01 12:00']);
  for (const part of ['month', 'hour']) {
    const fields = { year: false, month: part === 'month', weekday: false, hour: part === 'hour' };
    const made = applyChain(fitChain([{ type: 'date-parts', fields }], all), all);
    if (made.kind !== 'numbers') throw new Error('texts');
    const [s1, c1, s2, c2, s3, c3] = made.values as unknown as [number, number, number, number, number, number];
    expect(Math.hypot(s1 - s2, c1 - c2)).toBeLessThan(0.05);
    expect(Math.hypot(s3 - s2, c3 - c2)).toBeGreaterThan(1.99);
  }
});
