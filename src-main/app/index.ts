/**
 * Electron's main process, and the only place where its parts are put together: one instance, the locked session, the
 * window, the library with its services, the supervisor of jobs, and an orderly end.
 */
import { join } from 'node:path';
import { app, dialog, nativeTheme, protocol, session, type BrowserWindow } from 'electron';
import {
  describeError,
  toWireError,
  type Locale,
  type Notice,
  type Preferences,
  type RecordingDevice,
  type RpcReply,
} from '../contract';
import { Backend } from './backend';
import { CloseGuard } from './close-guard';
import { DeviceGate } from './device-gate';
import { findFolders } from './folders';
import { serveIpc } from './ipc';
import { FileLog } from './log';
import { setMenu } from './menu';
import { Notices } from './notices';
import { SCHEME, serveFolder } from './scheme';
import { lockContents, lockSession } from './security';
import { logLostProcesses } from './vigil';
import { openWindow } from './window';
import { words } from './words';

const development = !app.isPackaged;
app.setName('Tandem');
const folders = findFolders();
app.setPath('userData', folders.userData);
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

if (app.requestSingleInstanceLock()) void main();
else app.exit(0);

async function main(): Promise<void> {
  const log = new FileLog(folders.logs);
  process.on('uncaughtExceptionMonitor', (error) => log.fatal('uncaught', { error }));
  process.on('unhandledRejection', (error) => log.error('unhandled rejection', { error }));
  log.info('start', { version: app.getVersion(), electron: process.versions.electron, library: folders.library });
  lockContents(log);
  logLostProcesses(log);
  app.on('window-all-closed', () => app.quit());

  await app.whenReady();
  const devices = new DeviceGate();
  lockSession(session.defaultSession, { log, development, devices });
  protocol.handle(SCHEME, serveFolder(folders.renderer));

  let window: BrowserWindow | null = null;
  const notices = new Notices((notice: Notice) => {
    if (window && !window.isDestroyed()) window.webContents.send('notice', notice);
  });
  const allowDevice = (device: RecordingDevice) => devices.open(device);
  const opening = openSoon(() => new Backend({ folders, log, notices, window: () => window, allowDevice }));
  let backend: Backend | null = null;
  const guard = new CloseGuard({
    isBusy: () => (backend?.underWay() ?? null) !== null,
    askWindow: () => notices.push('close-requested'),
    askSystem: async () => {
      const locale = backend ? localeOf(await backend.preferences()) : systemLocale();
      return askToStop(window, locale, backend?.underWay() === 'search');
    },
    stopAndQuit: async () => {
      await backend?.supervisor.shutdown();
      app.quit();
    },
  });
  serveIpc(
    {
      rpc: async (name, input) => {
        const opened = await opening.catch(toReply);
        if ('ok' in opened) return opened;
        const reply = await opened.call(name, input);
        if (name === 'app.setPreferences') await follow(opened);
        return reply;
      },
      grantFile: async (path) => (await opening).grantFile(path),
      closeAnswer: (answer) => guard.answer(answer),
    },
    log,
  );
  window = openWindow({
    preload: folders.preload,
    icon: join(folders.resources, 'icons', 'tandem-256.png'),
    statePath: join(folders.userData, 'window.json'),
    development,
    log,
    mayClose: () => guard.mayClose(),
    onRecovered: () => notices.push('window-recovered'),
  });
  app.on('second-instance', () => focus(window));

  backend = await opening.catch((error: unknown) => refuseToStart(error, log));
  endOrderly(backend, log);
  await follow(backend);
}

/** The page loads while the library opens; its calls wait for it. */
function openSoon(open: () => Backend): Promise<Backend> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(open());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

/** Applies what the person set and main itself shows: colours of the ground and the menu's language. */
async function follow(backend: Backend): Promise<void> {
  const preferences = await backend.preferences();
  nativeTheme.themeSource = preferences.theme;
  setMenu({ locale: localeOf(preferences), logs: folders.logs, library: folders.library, development });
}

function localeOf({ locale }: Preferences): Locale {
  return locale === 'system' ? systemLocale() : locale;
}

/** Jobs get their time to stop and save before the process ends (quitting waits for nothing by itself). */
function endOrderly(backend: Backend, log: FileLog): void {
  let done = false;
  app.on('will-quit', (event) => {
    if (done) return;
    event.preventDefault();
    void backend
      .close()
      .catch((error: unknown) => log.error('not closed in order', { error }))
      .then(() => {
        log.info('end');
        return log.flush();
      })
      .then(() => {
        done = true;
        app.quit();
      });
  });
  // The system asks to end (log-out, a terminal): what trains is stopped and saved without a question.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void backend.supervisor.shutdown().then(() => app.quit()));
  }
}

async function refuseToStart(error: unknown, log: FileLog): Promise<never> {
  log.fatal('cannot start', { error });
  const locale = systemLocale();
  const { message, hint } = describeError(toWireError(error), locale);
  await dialog.showMessageBox({
    type: 'error',
    title: 'Tandem',
    message: words.cannotStart[locale],
    detail: `${message}\n\n${hint}`,
  });
  app.exit(1);
  throw error;
}

function toReply(error: unknown): RpcReply {
  return { ok: false, error: toWireError(error) };
}

function focus(window: BrowserWindow | null): void {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

async function askToStop(window: BrowserWindow | null, locale: Locale, isSearch: boolean): Promise<'keep' | 'stop'> {
  const options = {
    type: 'question' as const,
    message: (isSearch ? words.stillSearching : words.stillTraining)[locale],
    detail: (isSearch ? words.searchGoesOn : words.stopSaves)[locale],
    buttons: [(isSearch ? words.keepSearching : words.keepTraining)[locale], words.stopAndClose[locale]],
    defaultId: 0,
    cancelId: 0,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 1 ? 'stop' : 'keep';
}

function systemLocale(): Locale {
  return app.getLocale().startsWith('zh') ? 'zh' : 'en';
}
