import { expect, test } from 'vitest';
import { safePath, TakenNames } from './safe-names';

test('no name leads out, is a device, or holds what file systems refuse', () => {
  expect(safePath('../../etc/passwd')).toBe('etc/passwd');
  expect(safePath('C:\\pictures\\..\\a.jpg')).toBe('C_/pictures/a.jpg');
  expect(safePath('/abs//./x?.png')).toBe('abs/x_.png');
  expect(safePath('con.txt')).toBe('_con.txt');
  expect(safePath('dir. /a\u0000b.png ')).toBe('dir/a_b.png');
  expect(safePath('...')).toBe('');
  expect(safePath(`${'长'.repeat(500)}.png`)).toBe(`${'长'.repeat(120)}.png`);
});

test('names that differ by case or extension alone are told apart', () => {
  const names = new TakenNames(['classes/']);
  expect(['a/x.png', 'a/X.jpg', 'b/x.png', 'a/x-2.gif', 'Classes.png'].map((name) => names.take(name))).toEqual([
    'a/x.png',
    'a/X-2.jpg',
    'b/x.png',
    'a/x-2-2.gif',
    'Classes-2.png',
  ]);
});
