/** Projects: one problem of a person, with its data setup, its network being edited and its settings. */
import { z } from 'zod';
import { dataSetupSchema } from '../data';
import { networkSpecSchema } from '../network';
import { procedure } from '../procedure';
import { bestSchema } from '../runs';
import { trainingSettingsSchema } from '../training';

export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  datasetId: z.string(),
  /** Null until a target is chosen. */
  data: dataSetupSchema.nullable(),
  network: networkSpecSchema.nullable(),
  settings: trainingSettingsSchema.nullable(),
  createdAt: z.number(),
  openedAt: z.number(),
  runCount: z.number().int(),
  best: bestSchema.nullable(),
});
export type Project = z.infer<typeof projectSchema>;

export const projects = {
  list: procedure({ input: z.void(), output: z.array(projectSchema) }),
  get: procedure({ input: z.object({ id: z.string() }), output: projectSchema }),
  /** Marks it as opened, so that it leads the list and the app reopens with it. */
  open: procedure({ input: z.object({ id: z.string() }), output: projectSchema }),
  update: procedure({
    input: z.object({
      id: z.string(),
      name: z.string().trim().min(1).max(200).optional(),
      /** Null takes it away again, as undoing the first choice of a target does. */
      data: dataSetupSchema.nullable().optional(),
      network: networkSpecSchema.nullable().optional(),
      settings: trainingSettingsSchema.nullable().optional(),
    }),
    output: projectSchema,
  }),
  /** To the archive and back; nothing is destroyed. */
  archive: procedure({ input: z.object({ id: z.string(), archived: z.boolean() }), output: z.void() }),
};
