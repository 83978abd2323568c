/** A window of Electron on the page of the curves' bench: its file and its query are given. */
import { app, BrowserWindow } from 'electron';

const [file = '', search = ''] = process.argv.slice(-2);
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { backgroundThrottling: false } });
  return window.loadFile(file, { search });
});
