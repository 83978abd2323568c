/**
 * Shows what augmentations make of pictures: stays open and answers questions until it is cancelled, with the engine and the
 * random numbers that training has, so that what is shown is what training sees.
 */
import { z } from 'zod';
import {
  augmentationPreviewSchema,
  previewVariants,
  type AugmentationPreview,
  type AugmentedPictures,
} from '../../contract';
import { effectiveType } from '../../data/columns';
import { readPictures } from '../../data/pictures';
import { sampleRows } from '../../data/sample-rows';
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

/** @throws CodedError `not-found`, as `sampleRows` and `readPictures`; `definition-unknown`, `field-invalid` */
async function preview(
  tf: TensorFlow,
  { library }: Pick<JobContext, 'library'>,
  { setup, sample, augmentation, seed, step }: AugmentationPreview,
): Promise<AugmentedPictures> {
  const chosen = augmentationOf({ augmentation, seed });
  const version = getVersion(library.db, setup.versionId);
  const column = version.columns.find((one) => effectiveType(one, setup) === 'image');
  const { rows, label } = await sampleRows(library, version, setup, { first: sample, count: 1 + previewVariants });
  const pictures = await readPictures(library, version, column?.name ?? setup.target, rows);
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
  return { height, width, channels, pixels, row: rows[0] ?? 0, label };
}
