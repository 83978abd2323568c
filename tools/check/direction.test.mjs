/** The lint that keeps dependencies one-way: a wrong edge fails, a right one passes. */
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint();
const rule = 'boundaries/dependencies';

/** @param {string} filePath @param {string} code */
async function complaints(filePath, code) {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).filter((message) => message.ruleId === rule).length;
}

describe('dependencies point one way', () => {
  test.each([
    ['src-main/contract/example.ts', "import { layers } from '../catalog'; export const all = layers;"],
    [
      'src-main/catalog/example.ts',
      "import { preparationSchema } from '../data/prepared'; export const x = preparationSchema;",
    ],
    ['src-main/storage/example.ts', "import { layers } from '../catalog'; export const all = layers;"],
    ['src-main/services/example.ts', "import { defineJob } from '../jobs/definition'; export const x = defineJob;"],
    [
      'src-renderer/state/example.ts',
      "import { preparationSchema } from '../../src-main/data/prepared'; export const x = preparationSchema;",
    ],
  ])('%s may not import against the direction', async (path, code) => {
    expect(await complaints(path, code)).toBe(1);
  });

  test.each([
    ['src-main/catalog/example.ts', "import { fill } from '../contract'; export const x = fill;"],
    ['src-main/jobs/example.ts', "import { getRun } from '../storage/runs'; export const x = getRun;"],
    ['src-renderer/state/example.ts', "import { layers } from '../../src-main/catalog'; export const x = layers;"],
    ['src-main/storage/example.ts', "import { z } from 'zod'; import fs from 'node:fs'; export const x = [z, fs];"],
  ])('%s may import along it', async (path, code) => {
    expect(await complaints(path, code)).toBe(0);
  });
});
