/** Builds that tests start as processes are made once in a test run, by whichever file wants one first, and copied by the rest. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const VARIABLE = 'TANDEM_TEST_BUILDS';
const cache = resolve(import.meta.dirname, '../../../node_modules/.cache');

/** Vitest calls it before the first test file, and what it returns after the last. */
export default async function setup(): Promise<() => Promise<void>> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'tandem-builds-'));
  process.env[VARIABLE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/**
 * Fills a folder with a build.
 * @param make builds into an empty folder. Two test files that come for it at once both build; the first one's counts.
 */
export async function copyBuild(
  name: string,
  target: string,
  make: (folder: string) => Promise<unknown>,
): Promise<void> {
  const shared = process.env[VARIABLE];
  if (!shared) throw new Error(`${VARIABLE} names no folder for builds`);
  const made = join(shared, name.replaceAll(/[^a-z]+/g, '-'));
  if (!existsSync(made)) {
    const folder = await mkdtemp(join(shared, 'making-'));
    await make(folder);
    await rename(folder, made).catch((error: unknown) => {
      if (!existsSync(made)) throw error;
    });
  }
  await cp(made, target, { recursive: true });
}
