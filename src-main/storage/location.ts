/** Where the library lies when nobody says otherwise: the same folder for the app and the terminal. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The app's folder for a person's data, as the platform wants it. */
export function userDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Tandem');
    case 'win32':
      return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Tandem');
    default:
      return join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Tandem');
  }
}

export function defaultLibraryFolder(): string {
  return join(userDataFolder(), 'library');
}
