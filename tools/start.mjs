/**
 * `npm start`: sets up, builds what changed, and opens the app. Without a screen it starts a virtual one and runs the
 * guided demo on it instead.
 */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { runInPlace } from './child.mjs';
import { needsDisplay, startDisplay } from './display.mjs';
import { projectFolder, projectPath } from './setup/cache.mjs';
import { electronArguments, electronPath } from './setup/electron.mjs';
import { setUpAnd } from './setup/index.mjs';
import { SetupError } from './setup/process.mjs';

const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

process.exitCode = await setUpAnd(async () => {
  await ensureBuilt({ say });
  return needsDisplay() ? demo() : open();
});

/** Opens the app on the screen and stays until it is closed. */
function open() {
  const switches = electronArguments();
  if (switches.includes('--no-sandbox')) {
    say('Running as root: the window opens without its sandbox (--no-sandbox). An ordinary user keeps it.');
  }
  return runInPlace(electronPath(), [...switches, projectFolder, ...process.argv.slice(2)]);
}

/** Runs the guided demo on a virtual display. */
async function demo() {
  const script = projectPath('tools', 'demo.mjs');
  if (!existsSync(script))
    throw new SetupError('There is no screen, and no guided demo to run instead', 'Set DISPLAY.');
  const { display, stop } = await startDisplay();
  say(`No screen here: started a virtual display (${display}) and runs the guided demo on it.`);
  try {
    const { runDemo } = await import(pathToFileURL(script).href);
    return await runDemo({ electron: electronPath(), env: { ...process.env, DISPLAY: display } });
  } finally {
    await stop();
  }
}
