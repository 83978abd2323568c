/** What sounds become before a network sees them: the spectrogram that a setup names, or the usual one. */
import type { DataSetup } from '../contract';
import { spectrograms } from './index';
import type { SpectrogramDefinition } from './spectrogram-definitions';

export const usualSpectrogram = 'log-mel';

/** @throws CodedError `definition-unknown` */
export function spectrogramOf({ spectrogram }: Pick<DataSetup, 'spectrogram'>): SpectrogramDefinition {
  return spectrograms.get(spectrogram ?? usualSpectrogram);
}

/** The same setup with sounds as that spectrogram. */
export function withSpectrogram({ spectrogram: _, ...setup }: DataSetup, id: string): DataSetup {
  return id === usualSpectrogram ? setup : { ...setup, spectrogram: id };
}
