/** Runs in the audio thread: hands on what the microphone gives, some milliseconds at a time. */

/** What an audio worklet has and the window's types don't know. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Samples of a message: the audio thread works in blocks of 128, which would be 125 messages a second. */
const SAMPLES = 1024;

class Capture extends AudioWorkletProcessor {
  #block = new Float32Array(SAMPLES);
  #filled = 0;

  /** Called for every 128 samples; a microphone of several channels gives their first. */
  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const channel = inputs[0]?.[0];
    if (!channel) return true;
    for (let at = 0; at < channel.length;) {
      const taken = channel.subarray(at, at + SAMPLES - this.#filled);
      this.#block.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled < SAMPLES) continue;
      this.port.postMessage(this.#block, [this.#block.buffer]);
      this.#block = new Float32Array(SAMPLES);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('capture', Capture);
