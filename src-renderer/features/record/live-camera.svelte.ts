/** The camera of a view: turned on and off, exchanged for another, and why it is off. */
import { CodedError } from '../../../src-main/contract';
import { Camera } from './camera';

export class LiveCamera {
  /** Left and right exchanged, as in a mirror. */
  mirrored = $state(true);
  /** Why the camera is off or what was taken is not there; null where nothing went wrong. */
  error = $state.raw<unknown>(null);
  #camera = $state.raw<Camera | null>(null);
  #opening = $state(false);
  #wanted = false;

  get camera(): Camera | null {
    return this.#camera;
  }
  /** What it sees; null while it is off. */
  get stream(): MediaStream | null {
    return this.#camera?.stream ?? null;
  }
  get opening(): boolean {
    return this.#opening;
  }

  async open(): Promise<void> {
    this.#wanted = true;
    if (this.#opening || this.#camera) return;
    this.error = null;
    this.#opening = true;
    try {
      this.#camera = await Camera.open(() => this.fail(new CodedError('camera-missing')));
      // The view was closed while the system asked.
      if (!this.#wanted) this.close();
    } catch (error) {
      this.error = error;
    } finally {
      this.#opening = false;
    }
  }

  close(): void {
    this.#wanted = false;
    this.#camera?.close();
    this.#camera = null;
  }

  /** After another one was chosen. */
  async reopen(): Promise<void> {
    this.close();
    await this.open();
  }

  fail(error: unknown): void {
    this.close();
    this.error = error;
  }
}
