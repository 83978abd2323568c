/** Plays one sound at a time: another that begins ends it. */
import { client } from '../../../ipc/client';

type Clip = ReturnType<typeof client.datasets.sound>;
/** Sounds of rows that are kept at hand. */
const clipsKept = 12;

interface Playing {
  readonly key: string;
  /** When it began and how long it lasts, in seconds of the audio clock. */
  readonly begun: number;
  readonly seconds: number;
}

class Player {
  #context: AudioContext | null = null;
  #source: AudioBufferSourceNode | null = null;
  #playing = $state.raw<Playing | null>(null);
  /** 0 to 1 of what plays. */
  #progress = $state(0);
  /** What was asked for last; an answer to an earlier question is not played. */
  #asked = '';

  /** What was fetched last, by key; the oldest make room. */
  readonly #clips = new Map<string, Clip>();

  isPlaying(key: string): boolean {
    return this.#playing?.key === key;
  }

  progress(key: string): number {
    return this.#playing?.key === key ? this.#progress : 0;
  }

  /**
   * Plays the sound of a row, or stops it if it is the one that plays.
   * @throws CodedError as `datasets.sound`
   */
  async toggleRow(versionId: string, column: string, row: number): Promise<void> {
    const key = rowKey(versionId, row);
    if (this.#playing?.key === key) return this.stop();
    this.#asked = key;
    const { rate, samples } = await this.#clip(versionId, column, row);
    if (this.#asked !== key) return;
    const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
    this.#start(
      key,
      Float32Array.from({ length: samples.length >> 1 }, (_, at) => view.getInt16(2 * at, true) / 32767),
      rate,
    );
  }

  /** Fetches the sounds of rows that are likely to be played next. What fails says so when it is to be played. */
  prepare(versionId: string, column: string, rows: readonly number[]): void {
    for (const row of rows.slice(0, clipsKept)) this.#clip(versionId, column, row).catch(() => undefined);
  }

  #clip(versionId: string, column: string, row: number): Clip {
    const key = `${rowKey(versionId, row)}:${column}`;
    const clip = this.#clips.get(key) ?? client.datasets.sound({ versionId, column, row });
    this.#clips.delete(key);
    this.#clips.set(key, clip);
    clip.catch(() => this.#clips.delete(key));
    const [oldest] = this.#clips.keys();
    if (this.#clips.size > clipsKept && oldest !== undefined) this.#clips.delete(oldest);
    return clip;
  }

  /** Plays samples from -1 to 1 that the window has, or stops them. */
  toggle(key: string, samples: Float32Array<ArrayBuffer>, rate: number): void {
    if (this.#playing?.key === key) return this.stop();
    this.#asked = key;
    this.#start(key, samples, rate);
  }

  stop(): void {
    this.#asked = '';
    this.#end();
  }

  #start(key: string, samples: Float32Array<ArrayBuffer>, rate: number): void {
    this.#end();
    if (samples.length === 0) return;
    const context = (this.#context ??= new AudioContext());
    void context.resume();
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => {
      if (this.#source === source) this.#end();
    };
    source.start();
    this.#source = source;
    this.#playing = { key, begun: context.currentTime, seconds: buffer.duration };
    this.#progress = 0;
    this.#follow(source, context);
  }

  #follow(source: AudioBufferSourceNode, context: AudioContext): void {
    const playing = this.#playing;
    if (!playing || this.#source !== source) return;
    this.#progress = Math.min(1, (context.currentTime - playing.begun) / playing.seconds);
    requestAnimationFrame(() => this.#follow(source, context));
  }

  #end(): void {
    const source = this.#source;
    this.#source = null;
    this.#playing = null;
    source?.stop();
    source?.disconnect();
  }
}

export function rowKey(versionId: string, row: number): string {
  return `${versionId}:${row}`;
}

export const player = new Player();
