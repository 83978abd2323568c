/** The microphone while a recording is made: permission is asked for when it is opened, and it is let go when it is closed. */
import { CodedError } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import workletUrl from './capture-worklet?worker&url';
import { microphones } from './device-choice.svelte';

/** What most sets of speech have; sounds of things are told apart by it too. */
export const recordingRate = 16_000;

export class Microphone {
  readonly #stream: MediaStream;
  readonly #context: AudioContext;

  private constructor(stream: MediaStream, context: AudioContext) {
    this.#stream = stream;
    this.#context = context;
  }

  /**
   * @param onBlock gets samples from -1 to 1, one channel at `recordingRate`, as they come.
   * @throws CodedError `microphone-refused`, `microphone-missing`
   */
  static async open(onBlock: (block: Float32Array<ArrayBuffer>) => void): Promise<Microphone> {
    await client.recordings.allowDevice({ device: 'microphone' });
    const stream = await navigator.mediaDevices
      .getUserMedia({ audio: microphones.constraint, video: false })
      .catch(explain);
    const context = new AudioContext({ sampleRate: recordingRate });
    try {
      await context.audioWorklet.addModule(workletUrl);
      const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
      capture.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => onBlock(data);
      context.createMediaStreamSource(stream).connect(capture);
      await context.resume();
      await microphones.opened(stream);
      return new Microphone(stream, context);
    } catch (error) {
      release(stream);
      await context.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    release(this.#stream);
    await this.#context.close();
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function explain(error: unknown): never {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') throw new CodedError('microphone-refused', {}, error);
  if (name === 'NotFoundError' || name === 'NotReadableError') throw new CodedError('microphone-missing', {}, error);
  throw error;
}
