/** The app itself: what it runs on, what the person set, files they pick. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { version } from '../../package.json';
import { CodedError, defaultPreferences, type ContractHandlers, type Preferences } from '../contract';
import { preferencesSchema } from '../contract/domains/app';
import type { Database } from '../storage/database';
import { getPreference, setPreference } from '../storage/preferences';
import type { ServiceContext } from './context';
import { findDevice } from './device';

export function appService({ library, files, shell }: ServiceContext): ContractHandlers['app'] {
  const { db } = library;
  const granted = (path: string | null) => (path === null ? null : { file: files.grant(path), name: basename(path) });
  return {
    info: () => ({
      version,
      library: library.directory,
      device: findDevice(db),
      systemLocale: Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh' : 'en',
      notices: [...library.notices],
    }),
    preferences: () => readPreferences(db),
    setPreferences(changes) {
      for (const [key, value] of Object.entries(changes)) if (value !== undefined) setPreference(db, key, value);
      return readPreferences(db);
    },
    async keepPasted({ name, text }) {
      const folder = join(library.paths.temporary, 'pasted');
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      // What separates names of folders is no part of a file's.
      const path = join(folder, `${name.replaceAll(/[/\\:\0]/g, ' ')}.csv`);
      await writeFile(path, text);
      return { file: files.grant(path), name };
    },
    async pickFile() {
      if (!shell) throw new CodedError('call-unknown', { name: 'app.pickFile' });
      return granted(await shell.pickFile());
    },
    async pickFolder() {
      if (!shell) throw new CodedError('call-unknown', { name: 'app.pickFolder' });
      return granted(await shell.pickFolder());
    },
  };
}

function readPreferences(db: Database): Preferences {
  const { shape } = preferencesSchema;
  return {
    locale: getPreference(db, 'locale', shape.locale, defaultPreferences.locale),
    theme: getPreference(db, 'theme', shape.theme, defaultPreferences.theme),
    screen: getPreference(db, 'screen', shape.screen, defaultPreferences.screen),
    projectId: getPreference(db, 'projectId', shape.projectId, defaultPreferences.projectId),
    camera: getPreference(db, 'camera', shape.camera, defaultPreferences.camera),
    microphone: getPreference(db, 'microphone', shape.microphone, defaultPreferences.microphone),
    networkView: getPreference(db, 'networkView', shape.networkView, defaultPreferences.networkView),
    parallelRuns: getPreference(db, 'parallelRuns', shape.parallelRuns, defaultPreferences.parallelRuns),
  };
}
