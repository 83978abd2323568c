/** Which camera or microphone is used, where there are several: chosen once, remembered for everything that records. */
import type { RecordingDevice } from '../../../src-main/contract';
import { preferences } from '../../state/preferences.svelte';

const kinds = { camera: 'videoinput', microphone: 'audioinput' } as const;

export class DeviceChoice {
  readonly #device: RecordingDevice;
  #all = $state.raw<readonly MediaDeviceInfo[]>([]);
  #used = $state<string | null>(null);

  constructor(device: RecordingDevice) {
    this.#device = device;
    navigator.mediaDevices.addEventListener('devicechange', () => void this.#list());
  }

  /** Empty until one was opened: only then the system tells their names. */
  get all(): readonly MediaDeviceInfo[] {
    return this.#all;
  }
  /** The id of the one that is used; null before any was. */
  get used(): string | null {
    return this.#used;
  }
  /** What to ask the system for. One that is no longer there gives way to another. */
  get constraint(): MediaTrackConstraints {
    const chosen = preferences.device(this.#device);
    return chosen === null ? {} : { deviceId: { ideal: chosen } };
  }

  /** For the next opening, and those after the next start. */
  choose(id: string): void {
    preferences.set({ [this.#device]: id });
    this.#used = id;
  }

  /** To be told of each stream that was opened. */
  async opened(stream: MediaStream): Promise<void> {
    this.#used = stream.getTracks()[0]?.getSettings().deviceId ?? null;
    await this.#list();
  }

  async #list(): Promise<void> {
    const found = await navigator.mediaDevices.enumerateDevices();
    this.#all = found.filter(({ kind, deviceId }) => kind === kinds[this.#device] && deviceId !== '');
  }
}

export const cameras = new DeviceChoice('camera');
export const microphones = new DeviceChoice('microphone');
