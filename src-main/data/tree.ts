/**
 * Many files as one import: a folder, or a zip of one, as a list of files with names that are safe to show and to join. Nothing
 * is unpacked to disk, no link is followed, and what is left out is told with its reason.
 */
import type { CodedError } from '../contract';

export interface TreeFile {
  /** Below the folder or in the archive, with `/` between names: `train/cat/1.jpg`. */
  readonly path: string;
  /** @throws CodedError `tree-file-unreadable`, `tree-file-too-large` */
  read(): Promise<Buffer>;
}

/** A file that is not taken, and why. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: CodedError;
}

export interface Tree {
  /** By path, so that the order never hangs on the file system. */
  readonly files: readonly TreeFile[];
  readonly skipped: readonly SkippedFile[];
  close(): Promise<void>;
}

/** More files than this are no data set for one machine. */
export const mostFiles = 2_000_000;
/** Folders within folders. */
export const deepestFolder = 32;
/** One file of many: larger ones are left out. */
export const mostFileBytes = 256 << 20;
