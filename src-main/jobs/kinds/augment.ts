/**
 * Shows what augmentations make of pictures: stays open and answers questions until it is cancelled, with the engine and the
 * random numbers that training has, so that what is shown is what training sees.
 */
import { z } from 'zod';
import { augmentationPreviewSchema, previewVariants, type AugmentationPreview } from '../../contract';
import { readPictures, type Pictures } from '../../data/pictures';
import { augmentationOf } from '../../engine/augment';
import { variantsOf } from '../../engine/augment-preview';
import { loadTensorFlow, type TensorFlow } from '../../engine/tf';
import { getVersion } from '../../storage/datasets';
import { defineJob, type JobContext } from '../definition';
import { untilCancelled } from '../until-cancelled';

export const augmentJob = defineJob({
  kind: 'augment',
  input: z.object({}),
  async run(_input, context) {
    // wasm cannot move pictures either.
    const { tf } = await loadTensorFlow({ convolution: true });
    context.onAsk((question) => preview(tf, context, augmentationPreviewSchema.parse(question)));
    await untilCancelled(context.signal);
  },
});

/** @throws CodedError `not-found`, as `readPictures`; `definition-unknown`, `field-invalid` */
async function preview(
  tf: TensorFlow,
  { library }: Pick<JobContext, 'library'>,
  { versionId, column, rows, augmentation, seed, step }: AugmentationPreview,
): Promise<Pictures> {
  const chosen = augmentationOf({ augmentation, seed });
  const pictures = await readPictures(library, getVersion(library.db, versionId), column, rows);
  const { height, width, channels } = pictures;
  const size = height * width * channels;
  const pixels = new Uint8Array(size * (1 + previewVariants));
  const own = pictures.pixels.subarray(0, size);
  for (let at = 0; at <= previewVariants; at++) pixels.set(own, at * size);
  if (chosen) {
    const variants = variantsOf(tf, pictures, chosen, { count: previewVariants, step });
    // Uint8ClampedArray rounds to the nearest.
    pixels.set(
      Uint8ClampedArray.from(variants, (value) => value * 255),
      size,
    );
  }
  return { height, width, channels, pixels };
}
