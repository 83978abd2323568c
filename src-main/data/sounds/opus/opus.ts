/**
 * Opus packets (RFC 6716) of an Ogg stream (RFC 7845), decoded by libopus as WebAssembly. A file gets an instance of its own, so that
 * whatever it makes the decoder do stays in that instance's memory.
 */
import { checkLength, joined, soundError, type Sound, type SoundLimits } from '../sound';
import { readHead, type OpusHead } from './head';
import { packetLength } from './packet';

/** What granule positions and the samples to skip are counted in, whatever the rate that is decoded to. */
const GRANULE_RATE = 48_000;
const HEADERS = 2;
/** Bytes per channel that the decoder takes of one packet. */
const MOST_PACKET_BYTES = 3840;

/**
 * @param packets of the stream, its two headers among them.
 * @param end granule position of the last page; null where no page has one.
 * @returns the sound at the rate that its header names where Opus has it (8, 12, 16, 24 kHz), else at 48 kHz.
 * @throws CodedError `sound-damaged`, `sound-unknown`, `sound-too-long`, `sound-empty`
 */
export async function decodeOpus(
  packets: readonly Uint8Array[],
  end: number | null,
  limits: SoundLimits,
): Promise<Sound> {
  const head = readHead(packets[0] ?? new Uint8Array(), limits);
  const coded = packets.slice(HEADERS);
  const lengths = coded.map((packet) => packetLength(packet, limits));
  const ticks = lengths.reduce((sum, length) => sum + length, 0) - head.preSkip;
  checkLength(ticks, GRANULE_RATE, limits);
  const { rate, channels } = head;
  const decoded = await decodePackets(head, coded, limits);
  const perTick = rate / GRANULE_RATE;
  const first = Math.round(head.preSkip * perTick);
  // The last page may say that the sound ends within its last packet (section 4).
  const kept = end === null ? ticks : Math.min(ticks, end - head.preSkip);
  checkLength(kept, GRANULE_RATE, limits);
  return { rate, channels, samples: decoded.subarray(first, first + Math.round(kept * perTick)) };
}

/** The mean of the channels, samples to skip among them. */
async function decodePackets(
  { rate, channels, streams, coupled, mapping, gain }: OpusHead,
  packets: readonly Uint8Array[],
  limits: SoundLimits,
): Promise<Float32Array> {
  // Its module is loaded when the first such file comes: most people have none.
  const { OpusDecoder } = await import('opus-decoder');
  const decoder = new OpusDecoder({
    sampleRate: rate,
    channels,
    streamCount: streams,
    coupledStreamCount: coupled,
    channelMappingTable: [...mapping],
  });
  await decoder.ready;
  try {
    return joined(
      packets.map((packet) => {
        if (packet.length > MOST_PACKET_BYTES * channels)
          throw soundError('sound-damaged', limits, 'a packet too large');
        const { channelData, errors } = decoder.decodeFrame(packet);
        if (errors[0]) throw soundError('sound-damaged', limits, errors[0].message);
        return meanOf(channelData, gain);
      }),
    );
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw soundError('sound-damaged', limits, error.message);
    throw error;
  } finally {
    decoder.free();
  }
}

function meanOf(channels: readonly Float32Array[], gain: number): Float32Array {
  const mean = new Float32Array(channels[0]?.length ?? 0);
  for (const channel of channels) {
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] ?? 0) + ((channel[at] ?? 0) * gain) / channels.length;
  }
  return mean;
}
