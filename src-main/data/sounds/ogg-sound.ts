/** The sound in an Ogg file: Vorbis, decoded here, or Opus. */
import { readOgg, OggDamage, type OggStream } from './ogg';
import { isOpus } from './opus/head';
import { decodeOpus } from './opus/opus';
import { soundError, type Sound, type SoundLimits } from './sound';
import { isVorbis } from './vorbis/setup';
import { decodeVorbis } from './vorbis/vorbis';

/** @throws CodedError `sound-damaged`, `sound-cut`, `sound-unknown`, `sound-too-long`, `sound-empty` */
export async function decodeOgg(bytes: Uint8Array, limits: SoundLimits): Promise<Sound> {
  const { packets, end, isWhole } = pagesOf(bytes, limits);
  const [first] = packets;
  if (first && !isVorbis(first) && !isOpus(first)) throw soundError('sound-unknown', limits, 'neither Vorbis nor Opus');
  if (!isWhole) throw soundError('sound-cut', limits, `after ${packets.length} packets`);
  return isOpus(first) ? decodeOpus(packets, end, limits) : decodeVorbis(packets, end, limits);
}

function pagesOf(bytes: Uint8Array, limits: SoundLimits): OggStream {
  try {
    return readOgg(bytes);
  } catch (error) {
    if (error instanceof OggDamage) throw soundError('sound-damaged', limits, error.message);
    throw error;
  }
}
