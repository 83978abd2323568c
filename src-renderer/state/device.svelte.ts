/** What the app runs on and what happened at its start. */
import { client } from '../ipc/client';

type Info = Awaited<ReturnType<typeof client.app.info>>;

class DeviceState {
  #info = $state.raw<Info | null>(null);
  #hidden = $state.raw<readonly string[]>([]);

  get info(): Info | null {
    return this.#info;
  }

  /** Notices of the start that are still to be read, e.g. a damaged library set aside. */
  get notices(): Info['notices'] {
    return this.#info?.notices.filter((notice) => !this.#hidden.includes(notice.code)) ?? [];
  }

  async load(): Promise<Info> {
    this.#info = await client.app.info();
    return this.#info;
  }

  hide(code: string): void {
    this.#hidden = [...this.#hidden, code];
  }
}

export const device = new DeviceState();
