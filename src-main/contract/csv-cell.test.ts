/** What is given to people as CSV is safe to open in a spreadsheet. */
import { expect, test } from 'vitest';
import { csvCell } from './csv-cell';

test('text that looks like a formula is defused', () => {
  expect(csvCell('=1+1')).toBe("'=1+1");
  expect(csvCell('a "b"')).toBe('"a ""b"""');
  expect(csvCell('plain')).toBe('plain');
});
