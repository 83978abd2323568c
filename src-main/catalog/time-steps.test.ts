/** The next steps of a series by its own calendar, and none where its steps lie anyhow. */
import { expect, test } from 'vitest';
import { parseDate, readTime, timeAfter, timeOf, timingOf, writeTime } from './index';

function following(texts: readonly string[], steps = 3): string[] | null {
  const times = texts.map((text) => timeOf(parseDate(text, 'day-first')!));
  const timing = timingOf([times], texts, 'day-first');
  const { step } = timing;
  return step && Array.from({ length: steps }, (_, at) => writeTime(timing, timeAfter(step, times.at(-1)!, at + 1)));
}

test.each([
  ['months', ['1960-10', '1960-11', '1960-12'], ['1961-01', '1961-02', '1961-03']],
  ['months by name', ['Oct 1960', 'Nov 1960', 'Dec 1960'], ['1961-01', '1961-02', '1961-03']],
  ['first days of months', ['1960-10-01', '1960-11-01'], ['1960-12-01', '1961-01-01', '1961-02-01']],
  ['last days of months', ['2023-11-30', '2023-12-31', '2024-01-31'], ['2024-02-29', '2024-03-31', '2024-04-30']],
  ['quarters', ['1960Q2', '1960Q3', '1960Q4'], ['1961Q1', '1961Q2', '1961Q3']],
  ['years', ['1958', '1959', '1960'], ['1961', '1962', '1963']],
  ['leap years', ['2016-02-29', '2020-02-29'], ['2024-02-29', '2028-02-29', '2032-02-29']],
  [
    'days, in the order that the column has',
    ['26/02/2024', '27/02/2024', '28/02/2024'],
    ['2024-02-29', '2024-03-01', '2024-03-02'],
  ],
  ['weeks', ['2024-02-12', '2024-02-19', '2024-02-26'], ['2024-03-04', '2024-03-11', '2024-03-18']],
  [
    'working days',
    ['2024-02-26', '2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-04', '2024-03-05'],
    ['2024-03-06', '2024-03-07', '2024-03-08'],
  ],
  [
    'hours over midnight',
    ['2024-02-28 22:00', '2024-02-28 23:00'],
    ['2024-02-29 00:00', '2024-02-29 01:00', '2024-02-29 02:00'],
  ],
  [
    'ten seconds',
    ['2024-02-28T22:00:00', '2024-02-28T22:00:10'],
    ['2024-02-28 22:00:20', '2024-02-28 22:00:30', '2024-02-28 22:00:40'],
  ],
  [
    'times before 1970',
    ['1899-12-30 12:00', '1899-12-31 12:00'],
    ['1900-01-01 12:00', '1900-01-02 12:00', '1900-01-03 12:00'],
  ],
  ['irregular distances', ['2024-01-01', '2024-01-02', '2024-01-09', '2024-01-11'], null],
  ['one time again and again', ['2024-01-01', '2024-01-01', '2024-01-01'], null],
  ['a single step', ['2024-01-01'], null],
])('%s', (_, texts, expected) => {
  expect(following(texts)).toEqual(expected);
});

test('a missing month in a long series changes nothing, nor does going from one series to the next', () => {
  const months = Array.from({ length: 40 }, (_, at) => Date.UTC(2000, at, 1)).filter((_, at) => at !== 20);
  expect(timingOf([months, months], ['2000-01']).step).toEqual({ unit: 'month', count: 1, monthEnd: false });
});

test('numbers go on by their own distance', () => {
  const timing = timingOf([[0.1, 0.2, 0.3]], null);
  expect(writeTime(timing, timeAfter(timing.step!, 0.3, 3))).toBe('0.6');
  expect(readTime(timing, '7')).toBe(7);
  expect(readTime(timing, '')).toBeNull();
});

test('working days over a weekend, both ways', () => {
  const friday = Date.UTC(2024, 2, 1, 17);
  const step = { unit: 'weekday', count: 1, monthEnd: false } as const;
  expect(timeAfter(step, friday, 1)).toBe(Date.UTC(2024, 2, 4, 17));
  expect(timeAfter(step, timeAfter(step, friday, 1), -1)).toBe(friday);
});
