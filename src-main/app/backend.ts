/** The library with its supervisor and services, and what the window's shell does for them: file dialogue, live ports. */
import { dialog, MessageChannelMain, powerSaveBlocker, type BrowserWindow, type SaveDialogOptions } from 'electron';
import type { ContractHandlers, Preferences, RecordingDevice, RpcReply } from '../contract';
import { createServices } from '../services';
import { call } from '../services/call';
import { DataThread } from '../services/data-thread';
import { GrantedFiles } from '../services/files';
import { Supervisor } from '../services/supervisor';
import { openLibrary, type Library } from '../storage/library';
import type { Folders } from './folders';
import { keepAwake } from './keep-awake';
import type { FileLog } from './log';
import type { Notices } from './notices';
import { printPdf } from './print-pdf';
import { utilityLauncher } from './utility-process';

export interface BackendOptions {
  readonly folders: Folders;
  readonly log: FileLog;
  readonly notices: Notices;
  window(): BrowserWindow | null;
  allowDevice(device: RecordingDevice): void;
}

export class Backend {
  readonly supervisor: Supervisor;
  readonly #library: Library;
  readonly #data: DataThread;
  readonly #files = new GrantedFiles();
  readonly #handlers: ContractHandlers;

  /** @throws CodedError as `openLibrary` */
  constructor({ folders, log, notices, window, allowDevice }: BackendOptions) {
    this.#library = openLibrary(folders.library, { role: 'owner' });
    this.#data = new DataThread(folders.dataEntry, this.#library, (name, code, cause) => {
      log.warn('data not read', { name, code, cause });
    });
    const { resources } = folders;
    const launch = utilityLauncher(folders.jobEntry, log);
    this.supervisor = new Supervisor({ library: this.#library, resources, launch, log });
    const stayAwake = keepAwake(powerSaveBlocker);
    this.supervisor.onChange(() => {
      notices.push('jobs-changed');
      stayAwake(this.supervisor.running());
    });
    this.#handlers = createServices({
      library: this.#library,
      supervisor: this.supervisor,
      data: this.#data,
      resources,
      files: this.#files,
      notify: (notice) => notices.push(notice),
      shell: {
        pickFile: () => pick(window(), 'openFile'),
        pickFolder: () => pick(window(), 'openDirectory'),
        pickPlace: (name, extension) => pickPlace(window(), name, extension),
        printPdf: (page) => printPdf(page, this.#library.paths.temporary),
        allowDevice,
        sendPort: (runId, jobId, seq) => this.#sendPort(window(), runId, jobId, seq),
      },
    });
  }

  call(name: string, input: unknown): Promise<RpcReply> {
    return call(this.#handlers, name, input);
  }

  grantFile(path: string): string {
    return this.#files.grant(path);
  }

  async preferences(): Promise<Preferences> {
    return this.#handlers.app.preferences();
  }

  /** What would have to be stopped to close now; runs that only wait do so after the next start too. */
  underWay(): 'training' | 'search' | null {
    const kinds = this.supervisor.working().map(({ kind }) => kind);
    if (kinds.includes('train')) return 'training';
    return kinds.includes('search') ? 'search' : null;
  }

  /** Jobs first, then the library they write to. */
  async close(): Promise<void> {
    await this.supervisor.shutdown();
    await this.#data.close();
    this.#library.close();
  }

  /** One end to the job, the other to the page: live messages never pass through main. */
  #sendPort(window: BrowserWindow | null, runId: string, jobId: string, seq: number): void {
    if (!window || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.supervisor.watch(jobId, seq, port1);
    window.webContents.postMessage('live-port', { runId }, [port2]);
  }
}

async function pick(window: BrowserWindow | null, what: 'openFile' | 'openDirectory'): Promise<string | null> {
  const options = { properties: [what] };
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}

async function pickPlace(window: BrowserWindow | null, name: string, extension: string | null): Promise<string | null> {
  const options: SaveDialogOptions = {
    // What file systems refuse is no part of a suggestion.
    defaultPath: `${name.replace(/[\\/:*?"<>|]+/g, '-')}${extension === null ? '' : `.${extension}`}`,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
    ...(extension === null ? {} : { filters: [{ name: extension.toUpperCase(), extensions: [extension] }] }),
  };
  const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return filePath === '' ? null : filePath;
}
