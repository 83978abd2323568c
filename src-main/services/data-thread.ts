/** Asks the data thread: started at the first question, started anew after it died, ended with the app. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CodedError, fromWireError, toWireError, type WireError } from '../contract';
import type { LibraryPaths } from '../data/paths';
import type { Library } from '../storage/library';
import type { DataReader } from './data-reader';

/** What the thread is told as it begins. */
export interface ThreadPaths {
  readonly library: LibraryPaths;
  /** Where it may put what does not fit into its memory; its own alone. */
  readonly spill: string;
}
export interface ThreadQuestion {
  readonly id: number;
  readonly name: keyof DataReader;
  readonly input: readonly unknown[];
}
export type ThreadAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: WireError;
      /** What was behind it, for the log; null where the error says all. */
      readonly cause: string | null;
    };

interface Waiting {
  readonly name: keyof DataReader;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A query that takes longer than this at the end of the app ends with the process. */
const PATIENCE_MS = 5000;

export class DataThread implements DataReader {
  readonly #entry: string;
  readonly #library: LibraryPaths;
  readonly #temporary: string;
  readonly #onRefused: (name: string, code: string, cause: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;
  #idle: () => void = () => undefined;

  /**
   * @param entry absolute path of the built thread (`out/main/data.js`).
   * @param onRefused told what was behind a refusal that sends people to the log.
   */
  constructor(
    entry: string,
    { paths: { blobs, versions, temporary } }: Pick<Library, 'paths'>,
    onRefused: (name: string, code: string, cause: string) => void,
  ) {
    this.#entry = entry;
    this.#onRefused = onRefused;
    this.#temporary = temporary;
    this.#library = { paths: { blobs, versions } };
  }

  describe(...input: Parameters<DataReader['describe']>) {
    return this.#ask<ReturnType<DataReader['describe']>>('describe', input);
  }

  rows(...input: Parameters<DataReader['rows']>) {
    return this.#ask<ReturnType<DataReader['rows']>>('rows', input);
  }

  leftOut(...input: Parameters<DataReader['leftOut']>) {
    return this.#ask<ReturnType<DataReader['leftOut']>>('leftOut', input);
  }

  preview(...input: Parameters<DataReader['preview']>) {
    return this.#ask<ReturnType<DataReader['preview']>>('preview', input);
  }

  proposals(...input: Parameters<DataReader['proposals']>) {
    return this.#ask<ReturnType<DataReader['proposals']>>('proposals', input);
  }
  replay(...input: Parameters<DataReader['replay']>) {
    return this.#ask<ReturnType<DataReader['replay']>>('replay', input);
  }
  merge(...input: Parameters<DataReader['merge']>) {
    return this.#ask<ReturnType<DataReader['merge']>>('merge', input);
  }
  qualityReport(...input: Parameters<DataReader['qualityReport']>) {
    return this.#ask<ReturnType<DataReader['qualityReport']>>('qualityReport', input);
  }

  rowsAt(...input: Parameters<DataReader['rowsAt']>) {
    return this.#ask<ReturnType<DataReader['rowsAt']>>('rowsAt', input);
  }

  rowIndices(...input: Parameters<DataReader['rowIndices']>) {
    return this.#ask<ReturnType<DataReader['rowIndices']>>('rowIndices', input);
  }

  pictures(...input: Parameters<DataReader['pictures']>) {
    return this.#ask<ReturnType<DataReader['pictures']>>('pictures', input);
  }

  original(...input: Parameters<DataReader['original']>) {
    return this.#ask<ReturnType<DataReader['original']>>('original', input);
  }

  waveforms(...input: Parameters<DataReader['waveforms']>) {
    return this.#ask<ReturnType<DataReader['waveforms']>>('waveforms', input);
  }

  sound(...input: Parameters<DataReader['sound']>) {
    return this.#ask<ReturnType<DataReader['sound']>>('sound', input);
  }

  soundFile(...input: Parameters<DataReader['soundFile']>) {
    return this.#ask<ReturnType<DataReader['soundFile']>>('soundFile', input);
  }

  compare(...input: Parameters<DataReader['compare']>) {
    return this.#ask<ReturnType<DataReader['compare']>>('compare', input);
  }

  relations(...input: Parameters<DataReader['relations']>) {
    return this.#ask<ReturnType<DataReader['relations']>>('relations', input);
  }

  columnProfile(...input: Parameters<DataReader['columnProfile']>) {
    return this.#ask<ReturnType<DataReader['columnProfile']>>('columnProfile', input);
  }

  pictureSizes(...input: Parameters<DataReader['pictureSizes']>) {
    return this.#ask<ReturnType<DataReader['pictureSizes']>>('pictureSizes', input);
  }

  series(...input: Parameters<DataReader['series']>) {
    return this.#ask<ReturnType<DataReader['series']>>('series', input);
  }

  leakage(...input: Parameters<DataReader['leakage']>) {
    return this.#ask<ReturnType<DataReader['leakage']>>('leakage', input);
  }

  countLabels(...input: Parameters<DataReader['countLabels']>) {
    return this.#ask<ReturnType<DataReader['countLabels']>>('countLabels', input);
  }

  labelRows(...input: Parameters<DataReader['labelRows']>) {
    return this.#ask<ReturnType<DataReader['labelRows']>>('labelRows', input);
  }

  renameEdits(...input: Parameters<DataReader['renameEdits']>) {
    return this.#ask<ReturnType<DataReader['renameEdits']>>('renameEdits', input);
  }

  /** Ends the thread when it has answered: DuckDB takes the whole process with it where it is cut off in a query. */
  async close(): Promise<void> {
    if (this.#waiting.size > 0) {
      let patience: NodeJS.Timeout | undefined;
      const idle = new Promise<void>((resolve) => (this.#idle = resolve));
      await Promise.race([idle, new Promise((passed) => (patience = setTimeout(passed, PATIENCE_MS)))]);
      clearTimeout(patience);
    }
    if (this.#waiting.size === 0) await this.#worker?.terminate();
  }

  #ask<Answer extends Promise<unknown>>(name: keyof DataReader, input: readonly unknown[]): Answer {
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { name, resolve, reject }));
    worker.postMessage({ id, name, input } satisfies ThreadQuestion);
    return answer as Answer;
  }

  #start(): Worker {
    const told: ThreadPaths = { library: this.#library, spill: join(this.#temporary, `spill-${randomUUID()}`) };
    const worker = new Worker(this.#entry, { workerData: told });
    let cause: unknown = new CodedError('job-cancelled');
    worker.on('message', (answer: ThreadAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.value);
      else {
        if (waiting && answer.cause !== null) this.#onRefused(waiting.name, answer.error.code, answer.cause);
        waiting?.reject(fromWireError(answer.error));
      }
      if (this.#waiting.size === 0) this.#idle();
    });
    worker.on('error', (error) => (cause = fromWireError(toWireError(error))));
    worker.on('exit', () => {
      this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(cause);
      this.#waiting.clear();
      this.#idle();
    });
    return worker;
  }
}
