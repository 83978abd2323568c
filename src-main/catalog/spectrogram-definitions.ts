/**
 * What a kind of spectrogram is made of: how a sound becomes a picture of one channel, time down and pitch across, before a
 * network sees it. Networks that were trained before want exactly the one that they learnt with.
 */
import type { Definition } from './definition-parts';

/** Windows of a sound, their transform, and the bands whose power is taken. */
export interface MelOptions {
  /** Samples per second of what is transformed. */
  readonly rate: number;
  /** Length of a window, in samples. */
  readonly window: number;
  /** Length of the transform: a power of two, at least `window`. */
  readonly transform: number;
  /** Samples from one window to the next. */
  readonly hop: number;
  readonly bands: number;
  readonly lowestHertz: number;
  readonly highestHertz: number;
  /** Whether all transforms lie within the sound; if absent, the first is centred at its beginning, with silence before that. */
  readonly within?: boolean | undefined;
  /** What samples from -1 to 1 are multiplied by; 1 if absent. */
  readonly gain?: number | undefined;
  /** What is weaker than a sound's loudest value by more than this, in natural logarithms of power, is raised to that; if absent, nothing is. */
  readonly range?: number | undefined;
}

export interface SpectrogramDefinition extends Definition {
  /** @param rate of the sounds, in samples per second. */
  readonly options: (rate: number) => MelOptions;
  /**
   * The stretch of each sound that is looked at, and the way from one window to the next, both in samples.
   * @param length that nearly all sounds have at most, in samples at the options' rate.
   */
  readonly stretch: (length: number, options: MelOptions) => { readonly samples: number; readonly hop: number };
  /** What is taken off the logarithms and what they are divided by; null where the training sounds decide. */
  readonly standard: { readonly mean: number; readonly standardDeviation: number } | null;
}
