/** The one window: sandboxed, without Node, shown when its first frame is painted, where and how it was left. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Log } from '../services/supervisor';
import { START_URL } from './scheme';
import { fitToScreens, readWindowState, writeWindowState, type WindowState } from './window-state';

export interface WindowOptions {
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly icon: string;
  /** Where its size and place are kept. */
  readonly statePath: string;
  readonly development: boolean;
  readonly log: Log;
  /** Whether the window may close now. */
  mayClose(): boolean;
  /** The page had crashed and was loaded again. */
  onRecovered(): void;
}

/** Ground of the page before its own colours arrive; the same as `--surface-0` in the window's tokens. */
const GROUND = { light: '#f5f4f2', dark: '#151413' } as const;
const SAVE_DELAY_MS = 500;
/** A page that crashes again so soon is not loaded a second time. */
const CRASH_LOOP_MS = 10_000;

export function openWindow(options: WindowOptions): BrowserWindow {
  const left = readWindowState(options.statePath);
  nativeTheme.themeSource = left.theme;
  const fitted = fitToScreens(
    left,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    title: 'Tandem',
    width: fitted.width,
    height: fitted.height,
    ...(fitted.x !== null && fitted.y !== null ? { x: fitted.x, y: fitted.y } : {}),
    minWidth: 900,
    minHeight: 600,
    show: false,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.development,
    },
  });
  window.once('ready-to-show', () => {
    if (fitted.maximized) window.maximize();
    window.show();
    options.log.info('window shown', { afterMs: Math.round(process.uptime() * 1000) });
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', (event) => {
    if (!options.mayClose()) event.preventDefault();
  });
  keepState(window, options, left);
  recover(window, options);
  void window.loadURL(START_URL);
  return window;
}

function keepState(window: BrowserWindow, { statePath, log }: WindowOptions, left: WindowState): void {
  let saving: NodeJS.Timeout | null = null;
  const save = () => {
    const { x, y, width, height } = window.getNormalBounds();
    const state: WindowState = { ...left, x, y, width, height, maximized: window.isMaximized(), theme: themeSource() };
    writeWindowState(statePath, state).catch((error: unknown) => log.warn('window state not kept', { error }));
  };
  const saveSoon = () => {
    if (saving) clearTimeout(saving);
    saving = setTimeout(() => {
      if (!window.isDestroyed()) save();
    }, SAVE_DELAY_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
  nativeTheme.on('updated', saveSoon);
}

function themeSource(): WindowState['theme'] {
  return nativeTheme.themeSource;
}

/** Jobs run elsewhere, so a crashed page loses nothing: it is loaded again and reads where it was. */
function recover(window: BrowserWindow, { log, onRecovered }: WindowOptions): void {
  let lastCrash = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('window process gone', { reason, exitCode });
    const now = performance.now();
    const looping = now - lastCrash < CRASH_LOOP_MS;
    lastCrash = now;
    if (reason === 'clean-exit' || looping) return;
    window.webContents.once('did-finish-load', onRecovered);
    window.webContents.reload();
  });
  window.on('unresponsive', () => log.warn('window unresponsive'));
}
