/** How long an Opus packet sounds, from its first two bytes (RFC 6716, section 3): so a length is known before anything is decoded. */
import { soundError, type SoundLimits } from '../sound';

/** Milliseconds of a frame by the packet's configuration. */
const silk = [10, 20, 40, 60];
const hybrid = [10, 20];
const celt = [2.5, 5, 10, 20];
const TICKS_PER_MS = 48;
const MOST_MS = 120;

/** @returns samples at 48 kHz. @throws CodedError `sound-damaged` for an empty packet, or one longer than 120 ms */
export function packetLength(packet: Uint8Array, limits: SoundLimits): number {
  const [toc, count = 0] = packet;
  if (toc === undefined) throw soundError('sound-damaged', limits, 'an empty packet of Opus');
  const configuration = toc >> 3;
  const frame =
    configuration < 12
      ? silk[configuration % 4]
      : configuration < 16
        ? hybrid[configuration % 2]
        : celt[configuration % 4];
  const frames = [1, 2, 2, count & 63][toc & 3] ?? 0;
  const length = frames * (frame ?? 0);
  if (length <= 0 || length > MOST_MS) throw soundError('sound-damaged', limits, `an Opus packet of ${length} ms`);
  return length * TICKS_PER_MS;
}
