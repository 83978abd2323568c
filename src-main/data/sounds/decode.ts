/** The sound in a file's bytes, by what they begin with: what the file is called decides nothing. */
import { decodeFlac, isFlac } from './flac';
import { decodeMp3, isMp3 } from './mp3';
import { isOgg } from './ogg';
import { decodeOgg } from './ogg-sound';
import { mostBytes, soundError, type Sound, type SoundLimits } from './sound';
import { decodeWav, isWav } from './wav';

const formats = [
  { is: isWav, decode: decodeWav },
  { is: isFlac, decode: decodeFlac },
  { is: isMp3, decode: decodeMp3 },
  { is: isOgg, decode: decodeOgg },
];

/**
 * @returns a sound that is longer than 0 and not all silent.
 * @throws CodedError `sound-unknown`, `sound-damaged`, `sound-cut`, `sound-too-long`, `sound-too-large`, `sound-empty`,
 * `sound-silent`
 */
export async function decodeSound(bytes: Uint8Array, limits: SoundLimits): Promise<Sound> {
  if (bytes.length > mostBytes) throw soundError('sound-too-large', limits);
  if (bytes.length === 0) throw soundError('sound-empty', limits);
  const format = formats.find(({ is }) => is(bytes));
  if (!format) throw soundError('sound-unknown', limits);
  const sound = await format.decode(bytes, limits);
  if (sound.samples.every((sample) => sample === 0)) throw soundError('sound-silent', limits);
  return sound;
}
