/** Where everything lies: the person's data, the library in it, and the built parts and resources of the app. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { userDataFolder } from '../storage/location';

export interface Folders {
  readonly userData: string;
  /** `--library=DIR`, else TANDEM_LIBRARY, else `library` in the person's data. */
  readonly library: string;
  readonly logs: string;
  readonly resources: string;
  readonly renderer: string;
  readonly preload: string;
  readonly jobEntry: string;
  readonly dataEntry: string;
}

export function findFolders(): Folders {
  const switched = (name: string) => app.commandLine.getSwitchValue(name);
  const userData = resolve(switched('user-data-dir') || userDataFolder());
  const library = switched('library') || process.env['TANDEM_LIBRARY'];
  const built = resolve(import.meta.dirname, '..');
  // In a package the resources lie beside the archive, where other processes and libraries can read them.
  const beside = join(process.resourcesPath, 'resources');
  return {
    userData,
    library: library ? resolve(library) : join(userData, 'library'),
    logs: join(userData, 'logs'),
    resources: app.isPackaged && existsSync(beside) ? beside : resolve(built, '..', 'resources'),
    renderer: join(built, 'renderer'),
    preload: join(built, 'preload', 'index.cjs'),
    jobEntry: join(built, 'main', 'job.js'),
    dataEntry: join(built, 'main', 'data.js'),
  };
}
