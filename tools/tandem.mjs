/**
 * `npm run tandem -- COMMAND`: the app from a terminal. Sees to set-up and build on stderr, then runs the terminal's entry
 * in plain Node; stdout belongs to the command.
 */
import { ensureBuilt } from './build.mjs';
import { runInPlace } from './child.mjs';
import { projectPath } from './setup/cache.mjs';
import { setUpAnd } from './setup/index.mjs';

const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

process.exitCode = await setUpAnd(async () => {
  await ensureBuilt({ say });
  return runInPlace(process.execPath, [projectPath('out', 'main', 'tandem.js'), ...process.argv.slice(2)]);
});
