/**
 * The only door between the sandboxed page and main: one CommonJS file that exposes the bridge of `contract/bridge.ts`.
 * It holds no logic; new features add procedures to the contract and leave this file as it is.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { TandemBridge } from '../contract/bridge';

const bridge: TandemBridge = {
  rpc: (name, input) => ipcRenderer.invoke('rpc', name, input),
  onNotice: (listener) => {
    const forward = (_event: unknown, notice: Parameters<typeof listener>[0]) => listener(notice);
    ipcRenderer.on('notice', forward);
    return () => void ipcRenderer.off('notice', forward);
  },
  adoptFile: (file) => ipcRenderer.invoke('adopt-file', webUtils.getPathForFile(file)),
  answerClose: (answer) => ipcRenderer.invoke('close-answer', answer),
};

contextBridge.exposeInMainWorld('tandem', bridge);

// A port can't cross the context bridge; the page gets it as a window message of its own origin.
ipcRenderer.on('live-port', (event, message: { runId: string }) => {
  window.postMessage({ type: 'live-port', runId: message.runId }, location.origin, event.ports);
});
