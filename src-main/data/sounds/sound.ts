/** What every decoder gives, what it is held to, and how it says that a file is none. */
import { CodedError, type ErrorCode } from '../../contract';

/** A sound in memory: one channel, the mean of the file's. */
export interface Sound {
  /** Samples per second. */
  readonly rate: number;
  /** How many channels the file had. */
  readonly channels: number;
  /** From -1 to 1. */
  readonly samples: Float32Array;
}

/** What a file is called for people, and how long its sound may be. */
export interface SoundLimits {
  readonly file: string;
  readonly mostSeconds: number;
}

/** Longer sounds are for another kind of task: they would have to be cut first. */
export const mostSeconds = 600;
/** A file of `mostSeconds` in stereo with 24 bits at 48,000 samples per second, and as much again. */
export const mostBytes = 512 * 2 ** 20;

const lowestRate = 1000;
const highestRate = 768_000;
const mostChannels = 64;

/** Why a file gives no sound: it is left out of an import, and refused where it alone was asked for. */
export type SoundProblem = Extract<
  ErrorCode,
  | 'sound-unknown'
  | 'sound-damaged'
  | 'sound-cut'
  | 'sound-too-long'
  | 'sound-too-large'
  | 'sound-empty'
  | 'sound-silent'
>;

/** @param detail in English, for a log: what in the file is wrong. */
export function soundError(code: SoundProblem, { file, mostSeconds: most }: SoundLimits, detail = ''): CodedError {
  return new CodedError(code, { file, detail, most });
}

/** @throws CodedError `sound-damaged` for a rate or a number of channels that no recorder has */
export function checkFormat(rate: number, channels: number, limits: SoundLimits): void {
  const isFit = Number.isInteger(rate) && rate >= lowestRate && rate <= highestRate;
  if (!isFit || !Number.isInteger(channels) || channels < 1 || channels > mostChannels) {
    throw soundError('sound-damaged', limits, `${channels} channels at ${rate} Hz`);
  }
}

/** @throws CodedError `sound-too-long`, `sound-empty`, before memory is taken for it */
export function checkLength(frames: number, rate: number, limits: SoundLimits): void {
  if (frames <= 0) throw soundError('sound-empty', limits);
  if (frames > limits.mostSeconds * rate) throw soundError('sound-too-long', limits);
}

/** Pieces one after the other. */
export function joined(pieces: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return samples;
}
