/** The epochs of a run as UMAP lays them out, each asked for once, the one looked at before others. */
import { placeAxes, type ProbeReading } from '../../../../src-main/contract';
import UmapWorker from './umap-worker?worker';

export class UmapMap {
  readonly #worker = new UmapWorker();
  #laid = new WeakMap<ProbeReading, Float32Array | null>();
  #reading: ProbeReading | null = null;
  #asked: ProbeReading | null = null;
  #shown = $state.raw<Float32Array | null>(null);
  #isDone = $state(true);

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Float32Array | null>) => {
      if (this.#asked) this.#laid.set(this.#asked, data);
      this.#asked = null;
      this.#next();
    };
  }

  /** `examples × 2` from -1 to 1; of the reading before until the one looked at is laid out. Null where it can't be. */
  get places(): Float32Array | null {
    return this.#shown;
  }
  get isBusy(): boolean {
    return !this.#isDone;
  }

  look(reading: ProbeReading): void {
    this.#reading = reading;
    this.#next();
  }

  end(): void {
    this.#worker.terminate();
  }

  #next(): void {
    if (!this.#reading) return;
    const laid = this.#laid.get(this.#reading);
    this.#isDone = laid !== undefined;
    if (laid !== undefined) this.#shown = laid;
    else if (!this.#asked) {
      this.#asked = this.#reading;
      const { places } = this.#reading;
      const before = this.#shown?.length === (2 * places.length) / placeAxes ? this.#shown : null;
      this.#worker.postMessage({ places, axes: placeAxes, before });
    }
  }
}
