/** The top of the repository is fixed: what a script left there by mistake (a library, a browser's profile) fails. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectFolder, projectPath } from '../setup/cache.mjs';

const known = [
  ...['.ci', 'docs', 'e2e', 'resources', 'src-main', 'src-renderer', 'tools'],
  ...['.gitignore', '.npmrc', '.prettierignore', '.prettierrc.json', 'eslint.config.js', 'knip.json', 'tsconfig.json'],
  ...['electron.vite.config.ts', 'playwright.config.ts', 'vitest.config.ts', 'package-lock.json', 'package.json'],
  ...['CHANGELOG.md', 'LICENSE', 'README.md'],
];

test.skipIf(!existsSync(projectPath('.git')))('only what belongs there lies at the top of the repository', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: projectFolder, encoding: 'utf8' }).trim().split('\n');
  const top = new Set(files.map((file) => file.split('/', 1)[0]));
  expect([...top].filter((name) => name && !known.includes(name))).toEqual([]);
});
