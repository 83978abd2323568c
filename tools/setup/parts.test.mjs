/** What set-up decides from lists: which npm and system packages are missing, and when a build is out of date. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceSignature } from '../build.mjs';
import { firstDifference } from './npm-packages.mjs';
import { missingAmong } from './system-libraries.mjs';

describe('npm packages', () => {
  const lock = {
    packages: {
      '': { name: 'app' },
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/mac-only': { version: '1.0.0', optional: true },
    },
  };

  test('are as the lock has them, whatever optional ones are absent and others present', () => {
    const present = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': {} } };
    expect(firstDifference(lock, present)).toBeUndefined();
  });

  test('differ by version, by content, by absence, or as a whole', () => {
    const at = (/** @type {object} */ entry) => ({ packages: { 'node_modules/a': entry } });
    expect(firstDifference(lock, at({ version: '1.0.1', integrity: 'x' }))).toBe('node_modules/a');
    expect(firstDifference(lock, at({ version: '1.0.0', integrity: 'y' }))).toBe('node_modules/a');
    expect(firstDifference(lock, { packages: {} })).toBe('node_modules/a');
    expect(firstDifference(lock, undefined)).toBe('node_modules');
  });
});

describe('system libraries', () => {
  test('are there under any of their names, but not when only configured', () => {
    const listing = 'libgtk-3-0t64 installed\nxvfb config-files\n';
    const missing = missingAmong([['libgtk-3-0', 'libgtk-3-0t64'], ['xvfb'], ['xauth']], listing);
    expect(missing).toEqual([['xvfb'], ['xauth']]);
  });
});

describe('build signature', () => {
  test('follows the sources, not the tests nor what the build makes itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-build-'));
    const write = (/** @type {string} */ path, /** @type {string} */ text) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    try {
      write('src-main/app/index.ts', 'one');
      const first = sourceSignature(folder);
      write('src-main/app/index.test.ts', 'test');
      write('src-renderer/i18n/generated/messages.js', 'made');
      mkdirSync(join(folder, 'resources'));
      expect(sourceSignature(folder)).toBe(first);
      write('src-main/app/index.ts', 'other');
      expect(sourceSignature(folder)).not.toBe(first);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
