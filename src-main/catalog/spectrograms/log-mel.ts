/** Log-mel as speech recognition mostly takes it: what sounds get where nobody chose. */
import type { SpectrogramDefinition } from '../spectrogram-definitions';

/** Speech and most sounds of things are told apart below 8,000 Hz. */
const HIGHEST_RATE = 16_000;
/** More frames are spread: a picture of a minute needs no step every 10 ms. */
const MOST_FRAMES = 200;

export const definition: SpectrogramDefinition = {
  id: 'log-mel',
  label: { en: 'Log-mel', zh: '对数梅尔' },
  help: {
    en: '40 bands of pitch up to 8,000 Hz, usually every 10 ms, standardized by the training sounds. For networks that learn from the beginning.',
    zh: '40 个音高频带（最高 8000 Hz），通常每 10 毫秒一帧，按训练声音标准化。适用于从头学习的网络。',
  },
  options(from) {
    const rate = Math.min(from, HIGHEST_RATE);
    const window = Math.round(rate * 0.025);
    return {
      rate,
      window,
      transform: 2 ** Math.ceil(Math.log2(window)),
      hop: Math.round(rate * 0.01),
      bands: 40,
      lowestHertz: 20,
      highestHertz: Math.min(8000, rate / 2),
    };
  },
  stretch: (samples, { hop }) => ({ samples, hop: Math.max(hop, Math.ceil(samples / MOST_FRAMES)) }),
  standard: null,
};
