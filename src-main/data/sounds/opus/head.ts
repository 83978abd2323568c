/** The identification header of Opus in Ogg (RFC 7845, section 5.1). */
import { soundError, type SoundLimits } from '../sound';

/** The rates that libopus decodes to. */
const opusRates = [8_000, 12_000, 16_000, 24_000, 48_000] as const;
const MAGIC = 'OpusHead';
const FIXED = 19;
/** A channel of the mapping that is silent. */
const SILENT = 255;

export interface OpusHead {
  /** What it is decoded to: the rate of the sound before it was coded where libopus has it, else 48,000. */
  readonly rate: (typeof opusRates)[number];
  readonly channels: number;
  readonly streams: number;
  /** Streams that hold two channels each; they come first. */
  readonly coupled: number;
  /** For each channel which decoded one it is. */
  readonly mapping: readonly number[];
  /** Samples at 48 kHz that are decoded and not heard. */
  readonly preSkip: number;
  /** What samples are multiplied with. */
  readonly gain: number;
}

export function isOpus(packet: Uint8Array = new Uint8Array()): boolean {
  return Buffer.from(packet.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

/** @throws CodedError `sound-damaged`; `sound-unknown` for a version or an order of channels that is not read */
export function readHead(packet: Uint8Array, limits: SoundLimits): OpusHead {
  if (packet.length < FIXED) throw soundError('sound-damaged', limits, 'a header of Opus that is cut');
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const [version, channels, family] = [view.getUint8(8), view.getUint8(9), view.getUint8(18)];
  // The upper half is the version, and versions of one half are compatible.
  if (version >> 4 !== 0) throw soundError('sound-unknown', limits, `Opus header version ${version}`);
  const named = view.getUint32(12, true);
  const decibels = view.getInt16(16, true) / 256;
  return {
    rate: opusRates.find((rate) => rate === named) ?? 48_000,
    channels,
    ...readMapping(packet, channels, family, limits),
    preSkip: view.getUint16(10, true),
    gain: 10 ** (decibels / 20),
  };
}

function readMapping(
  packet: Uint8Array,
  channels: number,
  family: number,
  limits: SoundLimits,
): Pick<OpusHead, 'streams' | 'coupled' | 'mapping'> {
  const wrong = () => soundError('sound-damaged', limits, `${channels} channels of Opus in family ${family}`);
  if (family === 0) {
    if (channels !== 1 && channels !== 2) throw wrong();
    return { streams: 1, coupled: channels - 1, mapping: channels === 1 ? [0] : [0, 1] };
  }
  if (family !== 1 && family !== SILENT) throw soundError('sound-unknown', limits, `Opus mapping family ${family}`);
  const [streams = 0, coupled = 0] = packet.subarray(FIXED, FIXED + 2);
  const mapping = [...packet.subarray(FIXED + 2, FIXED + 2 + channels)];
  const isFit = channels > 0 && (family !== 1 || channels <= 8) && streams > 0 && coupled <= streams;
  if (!isFit || streams + coupled > SILENT || mapping.length < channels) throw wrong();
  if (mapping.some((place) => place !== SILENT && place >= streams + coupled)) throw wrong();
  return { streams, coupled, mapping };
}
