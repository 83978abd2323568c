/** What random changes of pictures look like, as training would see them. */
import { z } from 'zod';
import { dataSetupSchema } from '../data';
import { procedure } from '../procedure';
import { trainingSettingsSchema } from '../training';

/** Variants of one picture that a preview shows. */
export const previewVariants = 8;

export const augmentationPreviewSchema = z.object({
  setup: dataSetupSchema,
  /** Which training picture: numbers that follow each other are far apart in the data. */
  sample: z.number().int().min(0).max(1e6),
  augmentation: trainingSettingsSchema.shape.augmentation,
  seed: trainingSettingsSchema.shape.seed,
  /** Which step of training the random numbers are of, from 0. */
  step: z.number().int().min(0).max(0x7fffffff),
});
export type AugmentationPreview = z.infer<typeof augmentationPreviewSchema>;

export const augmentedPicturesSchema = z.object({
  height: z.number().int(),
  width: z.number().int(),
  channels: z.number().int(),
  /** The sample's row and its class, or its number as text. */
  row: z.number().int(),
  label: z.string(),
  /** `height·width·channels` uint8 per picture: the one asked for as it is, then its variants. */
  pixels: z.instanceof(Uint8Array),
});
export type AugmentedPictures = z.infer<typeof augmentedPicturesSchema>;

export const augmentation = {
  /** The pictures of a preview (their process is started at the first question and kept for a while). */
  preview: procedure({ input: augmentationPreviewSchema, output: augmentedPicturesSchema }),
};
