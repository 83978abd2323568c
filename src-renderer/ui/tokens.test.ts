/** The contrast of the tokens, computed from the CSS itself: WCAG 2.2 AA for words, 3:1 for what is only drawn. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Theme = 'light' | 'dark';
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** Lightness, chroma and hue of a token in a theme. */
function token(name: string, theme: Theme): [number, number, number] {
  const pattern = new RegExp(`--${name}:\\s*light-dark\\(\\s*oklch\\(([^)]*)\\),\\s*oklch\\(([^)]*)\\)\\s*\\)`);
  const found = pattern.exec(css)?.[theme === 'light' ? 1 : 2];
  if (!found) throw new Error(`--${name} is not there as light-dark(oklch(…), oklch(…))`);
  const [lightness, chroma, hue] = found.split(' ').map(Number);
  return [lightness!, chroma!, hue!];
}

/** OKLCH → relative luminance of sRGB (Ottosson 2020; WCAG 2.2). Out-of-gamut parts are clipped, as screens do. */
function luminance([lightness, chroma, hue]: [number, number, number]): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short;
  const green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short;
  const blue = -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return 0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue);
}

function contrast(one: string, other: string, theme: Theme): number {
  const [darker, lighter] = [luminance(token(one, theme)), luminance(token(other, theme))].sort((x, y) => x - y);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const words: [string, string][] = [
  ...['surface-0', 'surface-1', 'surface-2', 'surface-3', 'surface-float', 'accent-soft'].map(
    (ground): [string, string] => ['text', ground],
  ),
  ...['surface-0', 'surface-1', 'surface-2', 'surface-float', 'accent-soft'].map((ground): [string, string] => [
    'text-muted',
    ground,
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['accent-text', 'accent-soft'],
  ['accent-text', 'surface-1'],
  ['attention-text', 'attention-soft'],
  ['attention-text', 'surface-1'],
  ['on-danger', 'danger'],
  ['danger-text', 'danger-soft'],
  ['danger-text', 'surface-1'],
  ['surface-1', 'text'],
];
const graphics: [string, string][] = [
  ['border-strong', 'surface-0'],
  ['border-strong', 'surface-1'],
  ['focus', 'surface-0'],
  ['focus', 'surface-1'],
  ['accent', 'surface-1'],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((place): [string, string] => [`series-${place}`, 'surface-1']),
  ...[1, 2, 3, 4, 5].map((place): [string, string] => [`scale-${place}`, 'surface-1']),
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  test.each(words)('%s on %s can be read', (one, other) => {
    expect(contrast(one, other, theme)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(graphics)('%s on %s can be seen', (one, other) => {
    expect(contrast(one, other, theme)).toBeGreaterThanOrEqual(3);
  });
});

test('black on white is 21:1, so the formula is right', () => {
  expect((luminance([1, 0, 0]) + 0.05) / (luminance([0, 0, 0]) + 0.05)).toBeCloseTo(21, 1);
});
