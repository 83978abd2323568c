/** A network as a person describes it: an ordered list of layers, each a catalog id with its fields. */
import { z } from 'zod';

export const fieldValueSchema = z.union([z.number(), z.string(), z.boolean()]);
export type FieldValue = z.infer<typeof fieldValueSchema>;
export const fieldValuesSchema = z.record(z.string(), fieldValueSchema);
export type FieldValues = Readonly<z.infer<typeof fieldValuesSchema>>;

export const layerSpecSchema = z.object({
  /** Stable within the network; names the layer's weights. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  type: z.string(),
  fields: fieldValuesSchema,
});
export type LayerSpec = z.infer<typeof layerSpecSchema>;

export const networkSpecSchema = z.object({ layers: z.array(layerSpecSchema).max(500) });
export type NetworkSpec = z.infer<typeof networkSpecSchema>;
