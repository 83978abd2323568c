/** The window's words are whole: every message in both languages with the same places, and none that nothing says. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const here = import.meta.dirname;
const features = readdirSync(join(here, 'messages'));

function messages(feature: string, locale: 'en' | 'zh'): Record<string, string> {
  const kept: unknown = JSON.parse(readFileSync(join(here, 'messages', feature, `${locale}.json`), 'utf8'));
  return kept as Record<string, string>;
}
function places(message: string): string[] {
  return [...message.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort();
}
function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'generated' ? [] : sources(path);
    return /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : [];
  });
}

describe.each(features)('%s', (feature) => {
  const en = messages(feature, 'en');
  const zh = messages(feature, 'zh');

  test('has every message in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const message of [...Object.values(en), ...Object.values(zh)]) expect(message.trim()).not.toBe('');
  });
  test('has the same places in both', () => {
    for (const [key, message] of Object.entries(en))
      expect([key, places(zh[key] ?? '')]).toEqual([key, places(message)]);
  });
  test('begins its keys with its own name', () => {
    expect(Object.keys(en).filter((key) => !key.startsWith(`${feature}_`))).toEqual([]);
  });
  test('speaks plainly: no "we", no exclamation marks', () => {
    expect(Object.values(en).filter((message) => /\b(we|our)\b|!/i.test(message))).toEqual([]);
    expect(Object.values(zh).filter((message) => /我们|！/.test(message))).toEqual([]);
  });
});

test('every message is said somewhere, and every one that is said exists', () => {
  const said = new Set(
    sources(join(here, '..')).flatMap((source) => [...source.matchAll(/\bm\.(\w+)/g)].map((found) => found[1] ?? '')),
  );
  const known = features.flatMap((feature) => Object.keys(messages(feature, 'en')));
  expect(known.filter((key) => !said.has(key))).toEqual([]);
  expect([...said].filter((key) => !known.includes(key))).toEqual([]);
});
