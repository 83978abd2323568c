/** What services work with. The app and the terminal each make one; only the app has a shell. */
import type { Notice, RecordingDevice } from '../contract';
import type { Library } from '../storage/library';
import type { DataReader } from './data-reader';
import type { GrantedFiles } from './files';
import type { Supervisor } from './supervisor';

/** What only a window can do. */
export interface Shell {
  /** The system's file dialogue. @returns an absolute path, or null where the person cancels */
  pickFile(): Promise<string | null>;
  pickFolder(): Promise<string | null>;
  /** Asks where to put a file, or a folder where `extension` is null; the dialogue asks before a file is written over. */
  pickPlace(name: string, extension: string | null): Promise<string | null>;
  /** A whole HTML page as the bytes of a PDF. */
  printPdf(page: string): Promise<Uint8Array>;
  /** The page may ask for this device now. */
  allowDevice(device: RecordingDevice): void;
  /** Sends the window a port with a run's live events after `seq`. */
  sendPort(runId: string, jobId: string, seq: number): void;
}

export interface ServiceContext {
  readonly library: Library;
  readonly supervisor: Supervisor;
  /** Reads the files of versions. */
  readonly data: DataReader;
  /** Absolute folder of the app's resources. */
  readonly resources: string;
  readonly files: GrantedFiles;
  notify(notice: Notice): void;
  /** What waits in the queue is left to others, unless a command is about it: of the terminal. */
  readonly leavesQueue?: true;
  readonly shell?: Shell;
}
