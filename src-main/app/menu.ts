/** The application menu: what the system expects of every program, in the person's language. */
import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron';
import type { Locale } from '../contract';
import { words } from './words';

export interface MenuOptions {
  readonly locale: Locale;
  readonly logs: string;
  readonly library: string;
  readonly development: boolean;
}

export function setMenu(options: MenuOptions): void {
  const { locale, development } = options;
  const mac = process.platform === 'darwin';
  const role = (name: keyof typeof words, of: MenuItemConstructorOptions['role']): MenuItemConstructorOptions => ({
    role: of,
    label: words[name][locale],
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : [{ label: words.file[locale], submenu: [role('quit', 'quit')] }]),
    {
      label: words.edit[locale],
      submenu: [
        role('undo', 'undo'),
        role('redo', 'redo'),
        separator,
        role('cut', 'cut'),
        role('copy', 'copy'),
        role('paste', 'paste'),
        role('selectAll', 'selectAll'),
      ],
    },
    {
      label: words.view[locale],
      submenu: [
        role('zoomIn', 'zoomIn'),
        role('zoomOut', 'zoomOut'),
        role('actualSize', 'resetZoom'),
        separator,
        role('fullScreen', 'togglefullscreen'),
        ...(development ? [separator, role('reload', 'reload'), role('developerTools', 'toggleDevTools')] : []),
      ],
    },
    { label: words.window[locale], submenu: [role('minimize', 'minimize'), role('close', 'close')] },
    { label: words.help[locale], role: 'help', submenu: helpItems(options) },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function helpItems({ locale, logs, library }: MenuOptions): MenuItemConstructorOptions[] {
  return [
    { label: words.showLogs[locale], click: () => void shell.openPath(logs) },
    { label: words.showLibrary[locale], click: () => void shell.openPath(library) },
    { type: 'separator' },
    { label: words.about[locale], click: () => app.showAboutPanel() },
  ];
}
