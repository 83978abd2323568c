/** A sound to try a model with: recorded now, or read from a file; the newest stays until another takes its place. */
import { client } from '../../ipc/client';
import { m } from '../../i18n';
import { levelOf } from '../record/clip-cutter';
import { Microphone, recordingRate } from '../record/microphone';

export interface TriedSound {
  readonly rate: number;
  /** From -1 to 1, one channel. */
  readonly samples: Float32Array<ArrayBuffer>;
}

/** A recording ends by itself after so many seconds: examples are short. */
export const longestSeconds = 20;

export class SoundTrial {
  #sound = $state.raw<(TriedSound & { readonly name: string }) | null>(null);
  #recording = $state(false);
  #reading = $state(false);
  #level = $state(0);
  #seconds = $state(0);
  #error = $state.raw<unknown>(null);
  #blocks: Float32Array<ArrayBuffer>[] = [];
  #microphone: Promise<Microphone> | null = null;
  readonly #onSound: (sound: TriedSound) => void;

  /** @param onSound is called with each new sound. */
  constructor(onSound: (sound: TriedSound) => void) {
    this.#onSound = onSound;
  }

  get sound() {
    return this.#sound;
  }
  get recording(): boolean {
    return this.#recording;
  }
  /** Whether a file is being read. */
  get reading(): boolean {
    return this.#reading;
  }
  /** 0 to 1. */
  get level(): number {
    return this.#level;
  }
  /** Recorded so far. */
  get seconds(): number {
    return this.#seconds;
  }
  get error(): unknown {
    return this.#error;
  }

  async record(): Promise<void> {
    if (this.#recording || this.#microphone) return;
    this.#error = null;
    this.#blocks = [];
    this.#seconds = 0;
    this.#recording = true;
    try {
      this.#microphone = Microphone.open((block) => this.#take(block));
      await this.#microphone;
    } catch (error) {
      this.#error = error;
      this.#recording = false;
      this.#microphone = null;
    }
  }

  /** Ends the recording and hands on what was heard. */
  async stop(): Promise<void> {
    await this.cancel();
    const length = this.#blocks.reduce((sum, block) => sum + block.length, 0);
    if (length === 0) return;
    const samples = new Float32Array(length);
    let at = 0;
    for (const block of this.#blocks) {
      samples.set(block, at);
      at += block.length;
    }
    this.#blocks = [];
    this.#show({ rate: recordingRate, samples, name: m.sound_recording() });
  }

  /** Lets the microphone go. */
  async cancel(): Promise<void> {
    this.#recording = false;
    this.#level = 0;
    const microphone = this.#microphone;
    if (!microphone) return;
    const opened = await microphone.catch(() => null);
    await opened?.close();
    if (this.#microphone === microphone) this.#microphone = null;
  }

  /** Asks the person for a file. */
  async pick(): Promise<void> {
    await this.#read(() => client.app.pickFile());
  }

  async drop(dropped: File): Promise<void> {
    await this.#read(() => window.tandem.adoptFile(dropped));
  }

  async #read(choose: () => Promise<{ readonly file: string; readonly name: string } | null>): Promise<void> {
    this.#error = null;
    try {
      const chosen = await choose();
      if (!chosen) return;
      await this.cancel();
      this.#reading = true;
      const { rate, samples } = await client.recordings.readFile({ file: chosen.file });
      this.#show({ rate, samples: new Float32Array(samples), name: chosen.name });
    } catch (error) {
      this.#error = error;
    } finally {
      this.#reading = false;
    }
  }

  #show(sound: TriedSound & { readonly name: string }): void {
    this.#sound = sound;
    this.#onSound({ rate: sound.rate, samples: sound.samples });
  }

  #take(block: Float32Array<ArrayBuffer>): void {
    if (!this.#recording) return;
    this.#blocks.push(block);
    this.#level = levelOf(block);
    this.#seconds += block.length / recordingRate;
    if (this.#seconds >= longestSeconds) void this.stop();
  }
}
