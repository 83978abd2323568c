/** When the page may have a microphone or a camera: once, within seconds of its saying that a person wants to record. */
import type { RecordingDevice } from '../contract';

const OPEN_MS = 10_000;

/** One for both devices; each is opened and taken by itself. */
export class DeviceGate {
  readonly #now: () => number;
  readonly #until = new Map<RecordingDevice, number>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The next request for this device is granted. */
  open(device: RecordingDevice): void {
    this.#until.set(device, this.#now() + OPEN_MS);
  }

  /** @returns whether a request that has come may be granted; the next then needs another `open`. */
  take(device: RecordingDevice): boolean {
    const until = this.#until.get(device) ?? 0;
    this.#until.delete(device);
    return this.#now() < until;
  }
}
