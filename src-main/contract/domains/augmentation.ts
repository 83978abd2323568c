/** What random changes of pictures look like, as training would see them. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { trainingSettingsSchema } from '../training';

/** Variants of one picture that a preview shows. */
export const previewVariants = 8;

/** `rows`: the picture to be changed, then those it may be mixed with, one after the other, over and over. */
export const augmentationPreviewSchema = z.object({
  versionId: z.string(),
  column: z.string(),
  rows: z
    .array(z.number().int().min(0))
    .min(1)
    .max(1 + previewVariants),
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
  /** `height·width·channels` uint8 per picture: the one asked for as it is, then its variants. */
  pixels: z.instanceof(Uint8Array),
});

export const augmentation = {
  /** The pictures of a preview (their process is started at the first question and kept for a while). */
  preview: procedure({ input: augmentationPreviewSchema, output: augmentedPicturesSchema }),
};
