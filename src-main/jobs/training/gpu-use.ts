/**
 * What an NVIDIA GPU is doing, as its driver's own program tells (`nvidia-smi --help-query-gpu`). What a card does not know of
 * itself stands there as `[N/A]` or `[Not Supported]`. A machine without the program, or where it fails, is not asked again.
 */
import { execFile } from 'node:child_process';
import type { GpuUse } from '../../contract';

const fields = ['utilization.gpu', 'memory.used', 'memory.total', 'temperature.gpu', 'power.draw'];
/** Milliseconds after which an answer is not waited for. */
const PATIENCE = 5000;
const MEBIBYTE = 2 ** 20;

/** @param line of `--format=csv,noheader,nounits`: percent, two sizes in MiB, °C and watts. @returns null where it is no such line. */
export function parseGpuUse(line: string): GpuUse | null {
  const cells = line.trim().split(/\s*,\s*/);
  if (cells.length !== fields.length) return null;
  const [use = null, used = null, total = null, temperature = null, power = null] = cells.map(numberIn);
  if (cells.every((cell) => numberIn(cell) === null)) return null;
  return {
    use: use === null ? null : use / 100,
    memoryUsed: used === null ? null : used * MEBIBYTE,
    memoryTotal: total === null ? null : total * MEBIBYTE,
    temperature,
    power,
  };
}

function numberIn(cell: string): number | null {
  return /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
}

/** Asks now and then; the answer to be had is the last that came. */
export class GpuMeter {
  readonly #card: string;
  #last: GpuUse | null = null;
  #isAsked = false;
  #isSilent = false;

  /** @param visible the cards that this process may use, as CUDA reads it; TensorFlow trains on the first of them. */
  constructor(visible = process.env['CUDA_VISIBLE_DEVICES'] ?? '') {
    this.#card = visible.split(',', 1)[0]?.trim() || '0';
  }

  get last(): GpuUse | null {
    return this.#last;
  }

  /** Begins to ask, unless it is waiting for an answer or there is nobody to give one. */
  ask(): void {
    if (this.#isAsked || this.#isSilent) return;
    this.#isAsked = true;
    const query = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits', `--id=${this.#card}`];
    execFile('nvidia-smi', query, { timeout: PATIENCE, windowsHide: true }, (error, answer) => {
      this.#isAsked = false;
      this.#last = error ? null : parseGpuUse(answer.split('\n', 1)[0] ?? '');
      this.#isSilent = this.#last === null;
    });
  }
}
