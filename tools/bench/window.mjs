/** The real window for a bench: on a display of its own where the machine has none, over a library of its own. */
import { _electron } from '@playwright/test';
import path from 'node:path';
import { needsDisplay, startDisplay } from '../display.mjs';
import { projectFolder } from '../setup/cache.mjs';
import { electronArguments, electronPath } from '../setup/electron.mjs';

/**
 * Opens the window, and ends the app when the work is done.
 * @template Answer
 * @param {string} folder holds the library (`library`) and the app's own data (`user`)
 * @param {(app: import('@playwright/test').ElectronApplication, page: import('@playwright/test').Page) => Promise<Answer>} work
 * @returns {Promise<Answer>}
 */
export async function inWindow(folder, work) {
  const virtual = needsDisplay() ? await startDisplay() : undefined;
  try {
    const env = { ...process.env, ...(virtual && { DISPLAY: virtual.display }) };
    const app = await _electron.launch({
      executablePath: electronPath(),
      args: [
        ...[...electronArguments(), projectFolder, `--user-data-dir=${path.join(folder, 'user')}`],
        ...[`--library=${path.join(folder, 'library')}`, '--lang=en-US'],
      ],
      env: /** @type {Record<string, string>} */ (env),
    });
    try {
      return await work(app, await app.firstWindow());
    } finally {
      await app.evaluate(({ app: running }) => running.exit(0)).catch(() => undefined);
    }
  } finally {
    await virtual?.stop();
  }
}
