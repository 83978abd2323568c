/** The spectrogram that Google's speech embedding learnt with, as openWakeWord's `melspectrogram.onnx` computes it. */
import { frames, spectrum } from '../speech-embedding';
import type { SpectrogramDefinition } from '../spectrogram-definitions';

const RATE = 16_000;
const HOP = 160;
const TRANSFORM = 512;
/** Longer sounds give their middle: a minute would be six thousand frames. */
const MOST_SECONDS = 10;
/** Silence beside the longest ordinary sound, both sides together, so that the network meets each part early and late in what it sees at once. */
const AROUND_SECONDS = 1;

export const definition: SpectrogramDefinition = {
  id: 'speech-embedding',
  label: { en: 'For the speech embedding', zh: '语音嵌入专用' },
  help: {
    en: '32 bands of pitch from 60 to 3,800 Hz every 10 ms, as the pretrained network for sounds learnt with. Shorter sounds stand in the middle of silence; of longer ones the middle 10 seconds count.',
    zh: '60 至 3800 Hz 的 32 个音高频带，每 10 毫秒一帧，与预训练声音网络学习时相同。较短的声音置于静音中间；较长的取中间 10 秒。',
  },
  options: () => ({
    ...{ rate: RATE, window: 400, transform: TRANSFORM, hop: HOP, bands: spectrum.bands },
    ...{ lowestHertz: 60, highestHertz: 3800 },
    within: true,
    // It learnt from whole numbers of 16 bits.
    gain: 32_767,
    // 80 dB.
    range: 8 * Math.LN10,
  }),
  stretch(length) {
    const most = Math.min(length + AROUND_SECONDS * RATE, MOST_SECONDS * RATE);
    const window = TRANSFORM + (frames.window - 1) * HOP;
    const more = Math.max(0, Math.ceil((most - window) / (frames.hop * HOP)));
    return { samples: window + more * frames.hop * HOP, hop: HOP };
  },
  // The layer takes it back, so that values lie about 0 for all other networks and for augmentation.
  standard: spectrum.standard,
};
