/**
 * A recording in the making: classes with their clips. Each clip is kept on disk as soon as it is whole. It stays when the
 * view is closed, so that nothing that was recorded is lost by a slip; the microphone is let go.
 */
import { client } from '../../ipc/client';
import { m } from '../../i18n';
import { imports } from '../../state/imports.svelte';
import { rangesOf } from '../data/sound/waveform';
import { ClipCutter, levelOf, toInt16 } from './clip-cutter';
import { Microphone, recordingRate } from './microphone';

export interface Clip {
  /** As the library calls it. */
  readonly id: string;
  readonly samples: Float32Array<ArrayBuffer>;
  /** Its outline. */
  readonly ranges: Int8Array;
}

export interface RecordedClass {
  readonly id: number;
  readonly name: string;
  readonly clips: readonly Clip[];
}

class Recording {
  name = $state<string>(m.sound_recording());
  seconds = $state(1);
  #classes = $state.raw<readonly RecordedClass[]>([]);
  #nextId = 0;
  /** The class that is recorded now; null while none is. */
  #active = $state<number | null>(null);
  #level = $state(0);
  #share = $state(0);
  #error = $state.raw<unknown>(null);
  #microphone: Microphone | null = null;
  #opening = false;
  #cutter = new ClipCutter(recordingRate);
  #session: Promise<string> | null = null;

  constructor() {
    this.addClass();
    this.addClass();
  }

  get classes(): readonly RecordedClass[] {
    return this.#classes;
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
  get clipCount(): number {
    return this.#classes.reduce((sum, { clips }) => sum + clips.length, 0);
  }

  /** Why there is nothing to make a dataset of yet; null where there is. */
  get lack(): string | null {
    const named = this.#classes.filter(({ clips }) => clips.length > 0);
    if (named.length < 2) return m.sound_two_classes();
    if (named.some(({ name }) => name.trim() === '')) return m.sound_name_classes();
    if (new Set(named.map(({ name }) => name.trim())).size < named.length) return m.sound_same_names();
    return this.name.trim() === '' ? m.sound_name_set() : null;
  }

  addClass(): void {
    this.#nextId += 1;
    this.#classes = [
      ...this.#classes,
      { id: this.#nextId, name: m.sound_class_number({ number: this.#nextId }), clips: [] },
    ];
  }

  removeClass(id: number): void {
    if (this.#active === id) void this.stop();
    this.#classes = this.#classes.filter((one) => one.id !== id);
  }

  rename(id: number, name: string): void {
    this.#change(id, (one) => ({ ...one, name }));
  }

  removeClip(id: number, clip: string): void {
    this.#change(id, (one) => ({ ...one, clips: one.clips.filter((each) => each.id !== clip) }));
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

  /** Hands the clips to an import; after that the recording is empty again. */
  async finish(): Promise<void> {
    if (this.lack !== null) return;
    await this.stop();
    try {
      const id = await this.#begun();
      const clips = this.#classes.flatMap(({ name, clips: own }) =>
        own.map((clip) => ({ clip: clip.id, label: name.trim() })),
      );
      const kept = await client.recordings.finish({ id, name: this.name.trim(), clips });
      this.#session = null;
      this.#classes = this.#classes.map((one) => ({ ...one, clips: [] }));
      void imports.kept(kept);
    } catch (error) {
      this.#error = error;
    }
  }

  #change(id: number, change: (one: RecordedClass) => RecordedClass): void {
    this.#classes = this.#classes.map((one) => (one.id === id ? change(one) : one));
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
      this.#change(classId, (one) => ({ ...one, clips: [...one.clips, kept] }));
    } catch (error) {
      this.#error = error;
      await this.stop();
    }
  }

  #begun(): Promise<string> {
    if (!this.#session) {
      this.#session = client.recordings.begin().then(({ id }) => id);
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

/** One in the window; made when the view first opens, so that its words are in the person's language. */
let made: Recording | null = null;

export function currentRecording(): Recording {
  made ??= new Recording();
  return made;
}
