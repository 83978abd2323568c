/** Prepared data of a search's trials: opened once for each way to prepare it, and kept open as long as trials take turns. */
import type { DataSetup } from '../../contract';
import { describeSetup } from '../../data/describe';
import type { OpenedData } from '../../data/open-prepared';
import { getVersion } from '../../storage/datasets';
import type { JobContext } from '../definition';
import { openTrainingData } from '../training/training-data';

/** As many preparations are open at once: each may hold its inputs in memory. */
const KEPT = 2;

interface Kept {
  readonly opened: OpenedData;
  /** How many different codes the inputs are; null where they are none, or nobody looks them up. */
  readonly codes: number | null;
}

export class SearchData {
  readonly #context: Pick<JobContext, 'library' | 'signal' | 'progress'>;
  readonly #looksUp: boolean;
  /** By setup, the last used last. */
  readonly #open = new Map<string, Kept>();

  /** @param looksUp whether networks have layers that must have room for all codes */
  constructor(context: Pick<JobContext, 'library' | 'signal' | 'progress'>, looksUp: boolean) {
    this.#context = context;
    this.#looksUp = looksUp;
  }

  /**
   * Whole, with its test rows; to be closed by `close` alone.
   * @throws CodedError as `openPrepared`
   */
  async take(data: DataSetup): Promise<Kept> {
    const key = JSON.stringify(data);
    const kept = this.#open.get(key) ?? (await this.#make(data));
    this.#open.delete(key);
    this.#open.set(key, kept);
    const [oldest] = this.#open.keys();
    if (this.#open.size > KEPT && oldest !== undefined) await this.#close(oldest);
    return kept;
  }

  async close(): Promise<void> {
    for (const key of [...this.#open.keys()]) await this.#close(key);
  }

  async #make(data: DataSetup): Promise<Kept> {
    const { library } = this.#context;
    const opened = await openTrainingData(this.#context, { data });
    if (!this.#looksUp) return { opened, codes: null };
    try {
      return { opened, codes: (await describeSetup(library, getVersion(library.db, data.versionId), data)).codes };
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  async #close(key: string): Promise<void> {
    const kept = this.#open.get(key);
    this.#open.delete(key);
    await kept?.opened.close();
  }
}

/** What a trial sees of it: nothing is chosen by test rows. */
export function withoutTest(opened: OpenedData): OpenedData {
  return { ...opened, parts: { ...opened.parts, test: new Int32Array(0) } };
}
