/**
 * The log: one JSON object per line in a file that is set aside at 5 MB, three of which are kept. For the person who
 * looks for a fault; nothing is sent anywhere.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { appendFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../services/supervisor';

const MAXIMUM_BYTES = 5 * 1024 * 1024;
const KEPT_FILES = 3;

type Level = 'info' | 'warn' | 'error';
type Details = Readonly<Record<string, unknown>>;

export class FileLog implements Log {
  readonly path: string;
  #waiting = '';
  #writing: Promise<void> | null = null;
  #bytes: number | null = null;

  /** @param directory is made where it is missing. */
  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.path = join(directory, 'tandem.log');
  }

  info(event: string, details?: Details): void {
    this.#write('info', event, details);
  }

  warn(event: string, details?: Details): void {
    this.#write('warn', event, details);
  }

  error(event: string, details?: Details): void {
    this.#write('error', event, details);
  }

  /** Writes at once, for the last words of a process that is about to end. */
  fatal(event: string, details?: Details): void {
    appendFileSync(this.path, this.#waiting + line('error', event, details));
    this.#waiting = '';
  }

  /** Resolves when every line so far is in the file. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  #write(level: Level, event: string, details?: Details): void {
    this.#waiting += line(level, event, details);
    this.#writing ??= this.#drain().finally(() => (this.#writing = null));
  }

  async #drain(): Promise<void> {
    while (this.#waiting) {
      const text = this.#waiting;
      this.#waiting = '';
      try {
        await this.#makeRoom();
        await appendFile(this.path, text);
        this.#bytes = (this.#bytes ?? 0) + Buffer.byteLength(text);
      } catch (error) {
        // A log that can't be written (full disk) must not end the app.
        process.stderr.write(`log: ${String(error)}\n${text}`);
      }
    }
  }

  async #makeRoom(): Promise<void> {
    this.#bytes ??= await stat(this.path).then(
      ({ size }) => size,
      () => 0,
    );
    if (this.#bytes < MAXIMUM_BYTES) return;
    await rm(this.#older(KEPT_FILES - 1), { force: true });
    for (let age = KEPT_FILES - 2; age >= 0; age--) {
      await rename(this.#older(age), this.#older(age + 1)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
    this.#bytes = 0;
  }

  #older(age: number): string {
    return age === 0 ? this.path : `${this.path}.${age}`;
  }
}

function line(level: Level, event: string, details: Details = {}): string {
  return `${JSON.stringify({ time: new Date().toISOString(), level, event, ...details }, readable)}\n`;
}

/** Errors have no own enumerable properties: what matters of them is named. */
function readable(_key: string, value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;
}
