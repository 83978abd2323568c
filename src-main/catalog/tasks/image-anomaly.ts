/** Pictures that are unlike the others, such as faulty parts among good ones. */
import { knowsAnomalies } from '../anomaly-choices';
import type { TaskDefinition } from '../definitions';
import { isSmallGrey } from '../picture-networks';
import { picturePresets, sizeOfExample } from '../reconstruction';
import { startingSettings } from '../settings';

export const definition: TaskDefinition = {
  id: 'image-anomaly',
  label: { en: 'Find unusual pictures', zh: '找出异常图片' },
  help: {
    en: 'Learns what ordinary pictures are like by giving them back through a narrow middle; pictures that it gives back badly are unusual. A target is not needed.',
    zh: '让图片通过狭窄的中间层再还原，从而学会正常图片的样子；还原得差的图片就是异常的。不需要目标列。',
  },
  glyph: 'scan-search',
  input: 'picture',
  fits: (columns, target) =>
    knowsAnomalies(target) && columns.some(({ name, type }) => type === 'image' && name !== target.name),
  fitsAlone: (columns) => columns.some(({ type }) => type === 'image'),
  target: 'reconstruction',
  isParticular: true,
  losses: ['reconstruction-error', 'binary-cross-entropy'],
  metrics: ['reconstruction-error'],
  presets: picturePresets,
  // Small grey pictures, such as digits, are given back as well by the tiny network in a tenth of the time.
  defaultNetwork: (inputShape, ...data) =>
    (isSmallGrey(inputShape) ? picturePresets.tiny : picturePresets.balanced)(inputShape, ...data),
  // Simple pictures are given back well whatever they show; how near the known ones are tells more of pictures.
  defaultSettings: () => ({
    ...startingSettings('reconstruction-error', { batchSize: 128, epochs: 20 }),
    anomalyScore: 'neighbours',
  }),
  outputs: sizeOfExample,
  decode: (_tf, output) => output,
};
