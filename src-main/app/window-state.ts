/** Where the window was left: size, place, maximized, and the colours to open with before the library is read. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';

const windowStateSchema = z.object({
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  x: z.number().int().nullable(),
  y: z.number().int().nullable(),
  maximized: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const FIRST_START: WindowState = { width: 1360, height: 860, x: null, y: null, maximized: false, theme: 'system' };
/** So much of the window must be on a screen for it to be found and dragged. */
const VISIBLE_PIXELS = 80;

/** Reads the file; what is missing or not understood begins anew (only comfort is lost). */
export function readWindowState(path: string): WindowState {
  try {
    const parsed = windowStateSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : FIRST_START;
  } catch {
    return FIRST_START;
  }
}

export function writeWindowState(path: string, state: WindowState): Promise<void> {
  return writeFile(path, JSON.stringify(state));
}

/** Lets the system place a window whose screen is gone, and fits one that is larger than the screens. */
export function fitToScreens(state: WindowState, screens: readonly Area[]): WindowState {
  const width = Math.min(state.width, Math.max(...screens.map((screen) => screen.width)));
  const height = Math.min(state.height, Math.max(...screens.map((screen) => screen.height)));
  const { x, y } = state;
  const visible = x !== null && y !== null && screens.some((screen) => overlap({ x, y, width, height }, screen));
  return { ...state, width, height, x: visible ? x : null, y: visible ? y : null };
}

function overlap(window: Area, screen: Area): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const down = Math.min(window.y + window.height, screen.y + screen.height) - Math.max(window.y, screen.y);
  return across >= VISIBLE_PIXELS && down >= VISIBLE_PIXELS;
}
