import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fitToScreens, readWindowState, writeWindowState } from './window-state';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const left = { width: 1200, height: 800, x: 40, y: 60, maximized: true, theme: 'dark' } as const;

test('comes back as it was left, and begins anew from a file that is not understood', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-window-'));
  const path = join(directory, 'window.json');
  const first = readWindowState(path);
  expect(first.maximized).toBe(false);
  await writeWindowState(path, left);
  expect(readWindowState(path)).toEqual(left);
  await writeFile(path, '{"width":-1}');
  expect(readWindowState(path)).toEqual(first);
  await rm(directory, { recursive: true });
});

test('a window on a screen that is gone is placed by the system', () => {
  expect(fitToScreens(left, [screen])).toEqual(left);
  expect(fitToScreens({ ...left, x: 3000 }, [screen])).toMatchObject({ x: null, y: null });
  expect(fitToScreens({ ...left, x: 3000 }, [screen, { ...screen, x: 1920 }]).x).toBe(3000);
});

test('a window larger than any screen is made to fit', () => {
  expect(fitToScreens({ ...left, width: 4000, height: 3000 }, [screen])).toMatchObject({ width: 1920, height: 1080 });
});
