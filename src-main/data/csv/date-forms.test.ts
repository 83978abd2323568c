/** What makes a column one of dates: the ways that tables write days, and nothing that only looks like one. */
import { expect, test } from 'vitest';
import { isDate } from './date-forms';

test.each([
  ...['2024-12-31', '2024/1/5 13:05', '2024-12', '2024Q4', '2024年12月31日'],
  ...['12/31/2024', '31/12/2024', '31.12.2024', '31-12-2024', '1/5/2024 0:15', '12/31/2024 11:59 PM'],
  ...[
    'Dec 31 2024',
    'Dec-31-2024',
    'December 31, 2024',
    'Tue, 31 Dec 2024 23:59:00 GMT',
    '31-Dec-2024',
    '31st December 2024',
  ],
])('%s is a date', (text) => {
  expect(isDate(text)).toBe(true);
});

test.each([
  ...[
    '31/31/2024',
    '30/02/2024',
    '12/31/20245',
    '1/5/24',
    '31.12',
    '1.2.3.4',
    'Marble 12 2024',
    'Mayor 2001',
    'Foo 3, 2024',
  ],
  ...['December', 'Dec 31', 'Dec 31 2024 was fine', '12/31/2024 25:00', 'soon'],
])('%s is none', (text) => {
  expect(isDate(text)).toBe(false);
});
