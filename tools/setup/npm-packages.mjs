/**
 * The packages that package-lock.json names, in node_modules. Their install scripts stay off (.npmrc): what the native ones
 * need is done by the other parts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { projectFolder, projectPath, readJson, writeWhole } from './cache.mjs';
import { npmCommand, runOrThrow } from './process.mjs';
import { whileShowing } from './progress.mjs';

export const name = 'npm packages';
export const optional = false;

const HINT = 'Check that the npm registry is in reach (npm ping), then run it again.';

const stampPath = () => projectPath('node_modules', '.tandem.json');

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(projectPath('package-lock.json')))
    .digest('hex');
}

/**
 * The first package that the lock asks for and node_modules does not have at that version.
 * @param {any} wanted package-lock.json
 * @param {any} present node_modules/.package-lock.json, which npm writes when it is done
 * @returns {string | undefined} its path; optional packages (of other platforms) are passed over
 */
export function firstDifference(wanted, present) {
  if (!present?.packages) return 'node_modules';
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (path === '' || entry.optional || entry.devOptional) continue;
    const there = present.packages[path];
    if (there?.version !== entry.version || there?.integrity !== entry.integrity) return path;
  }
  return undefined;
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  if (!existsSync(projectPath('node_modules', '.package-lock.json'))) return 'not installed';
  const hash = lockHash();
  if (readJson(stampPath())?.lock === hash) return true;
  // npm install brings node_modules up to date itself and leaves no stamp: no reason to begin again.
  const different = firstDifference(
    readJson(projectPath('package-lock.json')),
    readJson(projectPath('node_modules', '.package-lock.json')),
  );
  if (different) return `${different} is not as package-lock.json has it`;
  await writeWhole(stampPath(), JSON.stringify({ lock: hash }));
  return true;
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
  const hash = lockHash();
  const [command, leading] = npmCommand();
  const work = runOrThrow(
    'The npm packages could not be installed',
    HINT,
    command,
    [...leading, 'ci', '--ignore-scripts'],
    {
      cwd: projectFolder,
    },
  );
  await whileShowing(progress, '  npm ci,', work);
  await writeWhole(stampPath(), JSON.stringify({ lock: hash }));
}
