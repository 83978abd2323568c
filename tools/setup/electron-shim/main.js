/**
 * Starts a copy of Electron that has no default app on the folder named first in its arguments, as `electron FOLDER` does:
 * name, version and paths are the folder's, then its `main` is imported before the app becomes ready.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/** Two calls that Electron's own default app uses and its types leave out. @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} Undocumented */

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-') && existsSync(argument));
if (!named) {
  process.stderr.write('Name the folder of the app to open: electron FOLDER\n');
  app.exit(2);
} else if (statSync(named).isDirectory()) {
  await openFolder(resolve(named));
} else {
  await import(pathToFileURL(resolve(named)).href);
}

/** @param {string} folder */
async function openFolder(folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const settings = /** @type {Undocumented} */ (/** @type {unknown} */ (app));
  app.setName(about.productName ?? about.name);
  settings.setVersion(about.version ?? '0.0.0');
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('appData'), app.getName()));
  settings.setAppPath(folder);
  await import(pathToFileURL(resolve(folder, about.main ?? 'index.js')).href);
}
