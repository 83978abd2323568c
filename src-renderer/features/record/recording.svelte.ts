/**
 * A recording in the making: classes with their clips. Each clip is kept on disk as soon as it is whole. It stays when the
 * view is closed, so that nothing that was recorded is lost by a slip; the microphone is let go.
 */
import { client } from '../../ipc/client';
import { m } from '../../i18n';
import { rangesOf } from '../data/sound/waveform';
import { ClassList } from './class-list.svelte';
import { ClipCutter, levelOf, toInt16 } from './clip-cutter';
import { Microphone, recordingRate } from './microphone';
import { onePerPurpose, type Purpose } from './purpose';

export interface Clip {
  /** As the library calls it. */
  readonly id: string;
  readonly samples: Float32Array<ArrayBuffer>;
  /** Its outline. */
  readonly ranges: Int8Array;
}

export class Recording {
  name = $state<string>(m.sound_recording());
  seconds = $state(1);
  readonly classes: ClassList<Clip>;
  /** The class that is recorded now; null while none is. */
  #active = $state<number | null>(null);
  #level = $state(0);
  #share = $state(0);
  #error = $state.raw<unknown>(null);
  #microphone: Microphone | null = null;
  #opening = false;
  #cutter = new ClipCutter(recordingRate);
  #session: Promise<string> | null = null;

  /** @param classes names of those to begin with. */
  constructor(classes: readonly string[]) {
    this.classes = new ClassList(classes);
  }

  get active(): number | null {
    return this.#active;
  }
  /** How loud it is, 0 to 1; 0 while the microphone is off. */
  get level(): number {
    return this.#level;
  }
  /** How much of the next clip is there. */
  get share(): number {
    return this.#share;
  }
  get error(): unknown {
    return this.#error;
  }

  /** Why there is nothing to go on with yet; null where there is. */
  lack({ leastClasses, isNamed }: Purpose): string | null {
    const unnamed = !isNamed && this.name.trim() === '' ? m.sound_name_set() : null;
    return this.classes.lack(leastClasses) ?? unnamed;
  }

  removeClass(id: number): void {
    if (this.#active === id) void this.stop();
    this.classes.remove(id);
  }

  /** Records clip after clip into a class until `stop`. */
  async record(id: number): Promise<void> {
    if (this.#opening) return;
    this.#error = null;
    this.#cutter = new ClipCutter(Math.round(this.seconds * recordingRate));
    this.#active = id;
    if (this.#microphone) return;
    this.#opening = true;
    try {
      this.#microphone = await Microphone.open((block) => this.#take(block));
      // It was stopped while the system asked.
      if (this.#active === null) await this.#release();
    } catch (error) {
      this.#active = null;
      this.#error = error;
    } finally {
      this.#opening = false;
    }
  }

  /** What is not a whole clip yet is given up. */
  async stop(): Promise<void> {
    this.#active = null;
    this.#level = 0;
    this.#share = 0;
    await this.#release();
  }

  /** @returns the clips as a folder with a table of their classes; null where that failed (`error` says why). */
  async finish(name: string): Promise<{ readonly file: string; readonly name: string } | null> {
    await this.stop();
    try {
      const id = await this.#begun();
      const clips = this.classes.labelled().map(({ item, label }) => ({ clip: item.id, label }));
      return await client.recordings.finish({ id, name, clips });
    } catch (error) {
      this.#error = error;
      return null;
    }
  }

  /** Forgets what was recorded, once it is handed on; the classes stay. */
  clear(): void {
    this.classes.empty();
    this.#session = null;
    this.#error = null;
  }

  #take(block: Float32Array<ArrayBuffer>): void {
    const active = this.#active;
    if (active === null) return;
    this.#level = levelOf(block);
    for (const samples of this.#cutter.add(block)) void this.#keep(active, samples);
    this.#share = this.#cutter.share;
  }

  async #keep(classId: number, samples: Float32Array<ArrayBuffer>): Promise<void> {
    try {
      const id = await this.#begun();
      const { clip } = await client.recordings.keep({ id, rate: recordingRate, samples: toInt16(samples) });
      const kept: Clip = { id: clip, samples, ranges: rangesOf(samples) };
      this.classes.put(classId, kept);
    } catch (error) {
      this.#error = error;
      await this.stop();
    }
  }

  #begun(): Promise<string> {
    if (!this.#session) {
      this.#session = client.recordings.begin({ device: 'microphone' }).then(({ id }) => id);
      this.#session.catch(() => (this.#session = null));
    }
    return this.#session;
  }

  async #release(): Promise<void> {
    const microphone = this.#microphone;
    this.#microphone = null;
    await microphone?.close();
  }
}

export const currentRecording = onePerPurpose((classes) => new Recording(classes));
