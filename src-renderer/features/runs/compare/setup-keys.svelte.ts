/** The setups of runs as texts that are the same where only the seed differs: read once for each run, as they never change. */
import { setupKey } from '../../../../src-main/catalog';
import { client } from '../../../ipc/client';

export class SetupKeys {
  #keys = $state.raw<Readonly<Record<string, string>>>({});
  #asked: Readonly<Record<string, true>> = {};

  /** Undefined until it has been read. */
  of(id: string): string | undefined {
    return this.#keys[id];
  }

  async read(ids: readonly string[]): Promise<void> {
    const lacking = ids.filter((id) => !this.#asked[id]);
    if (lacking.length === 0) return;
    this.#asked = { ...this.#asked, ...Object.fromEntries(lacking.map((id) => [id, true as const])) };
    const read = await Promise.all(lacking.map((id) => client.runs.get({ id })));
    this.#keys = { ...this.#keys, ...Object.fromEntries(read.map((run) => [run.id, setupKey(run)])) };
  }
}
