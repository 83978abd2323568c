/**
 * Closes everything that the window does not need: permissions, navigation, new windows, web views, downloads from
 * elsewhere and every request that is not for the app's own scheme. Each point has a test (docs/security.md).
 */
import { join } from 'node:path';
import { app, type Session, type WebContents, type WebFrameMain } from 'electron';
import type { RecordingDevice } from '../contract';
import type { Log } from '../services/supervisor';
import type { DeviceGate } from './device-gate';
import { isOwnUrl } from './scheme';

/** Applies to every window and frame that will ever be made. Call once, before the first window. */
export function lockContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const deny = (kind: string) => (event: { preventDefault(): void; url?: string }) => {
      log.warn('denied', { kind, url: event.url ?? null });
      event.preventDefault();
    };
    contents.on('will-navigate', deny('navigation'));
    contents.on('will-frame-navigate', deny('frame navigation'));
    contents.on('will-redirect', deny('redirect'));
    contents.on('will-attach-webview', deny('webview'));
    contents.setWindowOpenHandler(({ url }) => {
      log.warn('denied', { kind: 'window', url });
      return { action: 'deny' };
    });
  });
}

interface Locks {
  readonly log: Log;
  /** Lets the developer tools load their own pages. */
  readonly development: boolean;
  readonly devices: DeviceGate;
}

export function lockSession(session: Session, { log, development, devices }: Locks): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const device = deviceAskedFor(permission, details);
    const granted = device !== null && devices.take(device);
    if (!granted) log.warn('denied', { kind: 'permission', permission });
    answer(granted);
  });
  // Asked where the page lists devices: their names are told, and nothing is granted by it.
  session.setPermissionCheckHandler((_contents, permission, _origin, { mediaType, ...details }) => {
    const device = deviceAskedFor(permission, { ...details, mediaTypes: [mediaType] });
    return device !== null && devices.mayName(device);
  });
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const allowed = isAllowedRequest(url, development);
    if (!allowed) log.warn('denied', { kind: 'request', url: url.slice(0, 200) });
    answer({ cancel: !allowed });
  });
  session.on('will-download', (event, item) => {
    // What the window itself made (a figure, a table) may be saved, where the person says; nothing may be fetched.
    if (isOwnBlob(item.getURL()))
      item.setSaveDialogOptions({ defaultPath: join(app.getPath('downloads'), item.getFilename()) });
    else {
      log.warn('denied', { kind: 'download', url: item.getURL().slice(0, 200) });
      event.preventDefault();
    }
  });
}

/** What the app's own page asks for, where it is sound alone or pictures alone; null for all else. */
function deviceAskedFor(permission: string, details: object): RecordingDevice | null {
  if (permission !== 'media' || !('mediaTypes' in details) || !('requestingUrl' in details)) return null;
  const { mediaTypes, requestingUrl } = details;
  const isMainFrame = 'isMainFrame' in details && details.isMainFrame === true;
  if (!isMainFrame || typeof requestingUrl !== 'string' || !isOwnUrl(requestingUrl)) return null;
  if (!Array.isArray(mediaTypes) || mediaTypes.length !== 1) return null;
  return mediaTypes[0] === 'audio' ? 'microphone' : mediaTypes[0] === 'video' ? 'camera' : null;
}

export function isAllowedRequest(url: string, development: boolean): boolean {
  if (isOwnUrl(url) || isOwnBlob(url) || url.startsWith('data:')) return true;
  return development && URL.canParse(url) && new URL(url).protocol === 'devtools:';
}

/** `blob:` and `data:` hold bytes that the page already has. */
function isOwnBlob(url: string): boolean {
  return url.startsWith('blob:') && isOwnUrl(url.slice('blob:'.length));
}

/** Only the window's own main frame may call main. */
export function isOwnFrame(frame: WebFrameMain | null, contents: WebContents): boolean {
  return frame !== null && frame === contents.mainFrame && isOwnUrl(frame.url);
}
