/** Files that the person dropped or picked. The window knows them by a handle only, so that it cannot name a path of its own. */
import { randomUUID } from 'node:crypto';
import { CodedError } from '../contract';

export class GrantedFiles {
  readonly #paths = new Map<string, string>();

  /** @param path absolute. @returns the handle under which the window may name it in this session */
  grant(path: string): string {
    const handle = randomUUID();
    this.#paths.set(handle, path);
    return handle;
  }

  /** @throws CodedError `file-not-granted` */
  path(handle: string): string {
    const path = this.#paths.get(handle);
    if (path === undefined) throw new CodedError('file-not-granted');
    return path;
  }
}
