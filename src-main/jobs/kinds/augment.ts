/**
 * Shows what augmentations make of pictures and sounds: stays open and answers questions until it is cancelled, with the engine
 * and the random numbers that training has, so that what is shown is what training sees.
 */
import { z } from 'zod';
import { tasks } from '../../catalog';
import {
  augmentationPreviewSchema,
  previewVariants,
  type AugmentationPreview,
  type AugmentedPictures,
  type DatasetVersion,
  type DataSetup,
} from '../../contract';
import { effectiveType } from '../../data/columns';
import { readPictures } from '../../data/pictures';
import { fitData, readInputs } from '../../data/prepare';
import type { Preparation } from '../../data/prepared';
import { sampleRows } from '../../data/sample-rows';
import { spectrogramPictures } from '../../data/sounds/spectrogram-picture';
import { augmentationOf } from '../../engine/augment';
import { scaledPixels, variantsOf } from '../../engine/augment-preview';
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
    const preparations = new LastPreparation();
    context.onAsk((question) => preview({ tf, preparations, ...context }, augmentationPreviewSchema.parse(question)));
    await untilCancelled(context.signal);
  },
});

interface PreviewContext extends Pick<JobContext, 'library'> {
  readonly tf: TensorFlow;
  readonly preparations: LastPreparation;
}

/** How sounds are prepared is learnt from hundreds of them: once for a setup, not for every question. */
class LastPreparation {
  #key = '';
  #made: Promise<Preparation> | null = null;

  of({ library }: Pick<JobContext, 'library'>, version: DatasetVersion, setup: DataSetup): Promise<Preparation> {
    const key = JSON.stringify(setup);
    if (this.#made && this.#key === key) return this.#made;
    const made = fitData(library, version, setup).then(({ preparation }) => preparation);
    made.catch(() => (this.#made = null));
    this.#key = key;
    this.#made = made;
    return made;
  }
}

/** @throws CodedError `not-found`, as `sampleRows`, `fitData` and `readPictures`; `definition-unknown`, `field-invalid` */
async function preview(context: PreviewContext, asked: AugmentationPreview): Promise<AugmentedPictures> {
  const { library } = context;
  const version = getVersion(library.db, asked.setup.versionId);
  const count = 1 + previewVariants;
  const { rows, label } = await sampleRows(library, version, asked.setup, { first: asked.sample, count });
  const isSound = tasks.get(asked.setup.task).input === 'sound';
  const shown = await (isSound ? sounds : pictures)(context, version, rows, asked);
  return { ...shown, row: rows[0] ?? 0, label };
}

type Shown = Omit<AugmentedPictures, 'row' | 'label'>;

async function pictures(
  { library, tf }: PreviewContext,
  version: DatasetVersion,
  rows: readonly number[],
  { setup, augmentation, seed, step }: AugmentationPreview,
): Promise<Shown> {
  const column = version.columns.find((one) => effectiveType(one, setup) === 'image');
  const read = await readPictures(library, version, column?.name ?? setup.target, rows);
  const { height, width, channels } = read;
  const size = height * width * channels;
  const pixels = repeated(read.pixels.subarray(0, size), new Uint8Array(size * (1 + previewVariants)));
  const chosen = augmentationOf({ augmentation, seed });
  if (chosen) {
    const examples = { shape: [height, width, channels], values: scaledPixels(read.pixels) } as const;
    const variants = variantsOf(tf, examples, chosen, { count: previewVariants, step });
    // Uint8ClampedArray rounds to the nearest.
    pixels.set(
      Uint8ClampedArray.from(variants, (value) => value * 255),
      size,
    );
  }
  return { height, width, channels, pixels };
}

async function sounds(
  context: PreviewContext,
  version: DatasetVersion,
  rows: readonly number[],
  { setup, augmentation, seed, step }: AugmentationPreview,
): Promise<Shown> {
  const { library, tf, preparations } = context;
  const preparation = await preparations.of(context, version, setup);
  const [frames = 1, bands = 1] = preparation.inputShape;
  const size = frames * bands;
  const values = Float32Array.from((await readInputs(library, version, preparation, rows)).inputs);
  const all = repeated(values.subarray(0, size), new Float32Array(size * (1 + previewVariants)));
  const chosen = augmentationOf({ augmentation, seed });
  if (chosen) {
    const examples = { shape: [frames, bands, 1], values } as const;
    all.set(variantsOf(tf, examples, chosen, { count: previewVariants, step }), size);
  }
  return spectrogramPictures(all, frames, bands);
}

/** The same values over and over. */
function repeated<Values extends Uint8Array | Float32Array>(own: Values, into: Values): Values {
  for (let at = 0; at < into.length; at += own.length) into.set(own, at);
  return into;
}
