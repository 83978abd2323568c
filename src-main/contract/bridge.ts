/**
 * The bridge between the window and main: everything the preload puts on `window.tandem`, and nothing else. Calls go
 * through `rpc` by name, so that a new procedure changes the contract and never this file or the preload.
 */
import type { Notice, RpcReply } from './index';

/** A file the person dropped or picked: a handle that main can turn into a path, and the name to show. */
export interface AdoptedFile {
  readonly file: string;
  readonly name: string;
}

/**
 * What the window says when the person closes it while something trains (notice `close-requested`): `shown` as soon as
 * the question stands on the screen, then `keep` (stay open, go on training) or `stop` (stop, save, close).
 */
export type CloseAnswer = 'shown' | 'keep' | 'stop';

export interface TandemBridge {
  /** Calls `domain.procedure` of the contract. Never rejects for a refused call: the reply carries the coded error. */
  rpc(name: string, input: unknown): Promise<RpcReply>;
  /** Follows what main pushes. @returns a function that ends it. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Gives main a file from a drop or an `<input type="file">`; only real files of the person's system pass. */
  adoptFile(file: File): Promise<AdoptedFile>;
  answerClose(answer: CloseAnswer): Promise<void>;
}

/** Data of the window's `message` event that brings a run's live port (`event.ports[0]`). */
export interface LivePortMessage {
  readonly type: 'live-port';
  readonly runId: string;
}

declare global {
  interface Window {
    readonly tandem: TandemBridge;
  }
}
