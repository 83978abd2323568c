/** When the page may have a microphone or a camera: once, within seconds of its saying that a person wants to record. */
import type { RecordingDevice } from '../contract';

const OPEN_MS = 10_000;

/** One for both devices; each is opened and taken by itself. */
export class DeviceGate {
  readonly #now: () => number;
  readonly #until = new Map<RecordingDevice, number>();
  readonly #taken = new Set<RecordingDevice>();

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
    const granted = this.#now() < until;
    if (granted) this.#taken.add(device);
    return granted;
  }

  /** Whether the names of these devices may be told: once one was granted, so that a person can choose among them. */
  mayName(device: RecordingDevice): boolean {
    return this.#taken.has(device);
  }
}
