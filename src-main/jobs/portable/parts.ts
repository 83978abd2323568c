/**
 * The parts of a `.tandem` file, version 1. Beside `manifest.json` lie
 *
 * - `dataset.json`: the dataset and its versions that are needed, each with the sha256 of its files and the edits over it;
 * - `project.json`: the project's choices;
 * - `runs/N/run.json` with `weights.bin`, `checkpoint.bin`, `test-*.bin`, `probe-*.bin` beside it, little-endian as in the library;
 * - `versions/N/rows.parquet`, `first.parquet`, `left-out.json`, and `blobs/SHA256`: the data, unless it was left out.
 *
 * Folders are numbered, so that no id or name of a file's makes a path.
 */
import { z } from 'zod';
import {
  batchPointSchema,
  columnSchema,
  dataSetupSchema,
  datasetVersionSchema,
  editHeadSchema,
  epochSchema,
  evaluationSchema,
  layerReadingSchema,
  modelInfoSchema,
  networkSpecSchema,
  runEventSchema,
  runSchema,
  runSummarySchema,
  targetSchema,
  trainingSettingsSchema,
  versionChangesSchema,
} from '../../contract';
import { preparationSchema } from '../../data/prepared';

export const portableFormat = 'tandem';
export const portableVersion = 1;

/** As the library makes them; also safe as the name of a folder. */
const idSchema = z.string().regex(/^[0-9a-z]{26}$/);
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const bytesSchema = z.number().int().min(0);
const nameSchema = z.string().min(1).max(1000);

/** The only names that a part may have. */
const partSchema = z
  .string()
  .regex(
    /^(dataset\.json|project\.json|runs\/\d{1,6}\/[a-z-]{1,40}\.(json|bin)|versions\/\d{1,6}\/(rows|first)\.parquet|versions\/\d{1,6}\/left-out\.json|blobs\/[0-9a-f]{64})$/,
  );

/** What is asked first, as a newer version may say the rest in another way. */
export const manifestHeadSchema = z.object({
  format: z.literal(portableFormat),
  version: z.number().int().min(1),
  /** Of the app that made it. */
  app: z.string().max(100),
});

export const manifestSchema = manifestHeadSchema.extend({
  version: z.literal(portableVersion),
  kind: z.enum(['runs', 'project']),
  /** Of the project. */
  name: nameSchema,
  /** Milliseconds since 1970. */
  made: z.number(),
  parts: z.array(z.object({ path: partSchema, bytes: bytesSchema, sha256: sha256Schema })).max(100_000),
});
export type Manifest = z.infer<typeof manifestSchema>;

const dataFileSchema = z.object({
  name: z.enum(['rows.parquet', 'first.parquet', 'left-out.json']),
  bytes: bytesSchema,
  sha256: sha256Schema,
});

const portableVersionSchema = z.object({
  version: datasetVersionSchema.extend({
    id: idSchema,
    datasetId: idSchema,
    number: z.number().int().min(1),
    rowCount: z.number().int().min(0),
    bytes: bytesSchema,
    columns: z.array(
      columnSchema.extend({
        image: columnSchema.shape.image
          .unwrap()
          .extend({ blob: sha256Schema, originals: sha256Schema.optional() })
          .nullable(),
        audio: columnSchema.shape.audio.unwrap().extend({ blob: sha256Schema }).optional(),
      }),
    ),
  }),
  parentId: idSchema.nullable(),
  changes: versionChangesSchema.nullable(),
  files: z.array(dataFileSchema),
  blobs: z.array(z.object({ sha256: sha256Schema, bytes: bytesSchema })),
  /** Edits that no version was made of yet, in order. */
  edits: z.array(z.object({ step: z.number().int(), edit: editHeadSchema, rows: z.array(z.number().int().min(0)) })),
});
export type PortableVersion = z.infer<typeof portableVersionSchema>;

export const datasetPartSchema = z.object({
  id: idSchema,
  name: nameSchema,
  sample: z.string().max(200).nullable(),
  finding: z.string().max(200).nullable(),
  versions: z.array(portableVersionSchema).min(1),
});
export type DatasetPart = z.infer<typeof datasetPartSchema>;

export const projectPartSchema = z.object({
  id: idSchema,
  name: nameSchema,
  data: dataSetupSchema.nullable(),
  network: networkSpecSchema.nullable(),
  settings: trainingSettingsSchema.nullable(),
});
export type ProjectPart = z.infer<typeof projectPartSchema>;

const manifestOfWeightsSchema = z.array(z.object({ name: z.string(), shape: z.array(z.number().int().min(0)) }));

export const runPartSchema = z.object({
  run: runSchema.omit({ projectId: true, jobId: true }).extend({ id: idSchema, name: nameSchema }),
  marks: runSummarySchema.pick({ tags: true, starred: true, archived: true }),
  epochs: z.array(epochSchema),
  batches: z.array(batchPointSchema),
  events: z.array(runEventSchema),
  seq: z.number().int().min(0),
  /** `weights.bin` */
  model: z
    .object({
      info: modelInfoSchema,
      preparation: preparationSchema,
      network: networkSpecSchema,
      manifest: manifestOfWeightsSchema,
    })
    .nullable(),
  /** `test-indices.bin`, `test-actual.bin`, `test-outputs.bin`; of forecasts `test-steps.bin` */
  evaluation: evaluationSchema.nullable(),
  /** `checkpoint.bin`: where it goes on, if it is to. */
  checkpoint: z
    .object({ epoch: z.number().int().min(0), step: z.number().int().min(0), state: z.record(z.string(), z.unknown()) })
    .nullable(),
  /** `probe-rows.bin`, `probe-actual.bin`; of all readings one after another `probe-answers.bin`, `probe-places.bin`. */
  probe: z
    .object({
      part: z.enum(['validation', 'training']),
      target: targetSchema,
      readings: z.array(
        z.object({
          epoch: z.number().int().min(1),
          interval: z.number().int().min(1),
          seconds: z.number().min(0),
          layers: z.array(layerReadingSchema),
          /** How many numbers of each are its own. */
          answers: z.number().int().min(0),
          places: z.number().int().min(0),
        }),
      ),
    })
    .nullable(),
});
export type RunPart = z.infer<typeof runPartSchema>;
