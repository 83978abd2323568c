/**
 * A network as a person describes it: layers, each a catalog id with its fields and what it takes its inputs from. They
 * form a directed graph from the data to the last layer.
 */
import { z } from 'zod';

export const fieldValueSchema = z.union([z.number(), z.string(), z.boolean()]);
export type FieldValue = z.infer<typeof fieldValueSchema>;
export const fieldValuesSchema = z.record(z.string(), fieldValueSchema);
export type FieldValues = Readonly<z.infer<typeof fieldValuesSchema>>;

/** Stands for the data among a layer's inputs; no layer can have this id. */
export const dataSource = '@data';

export const layerSpecSchema = z.object({
  /** Stable within the network; names the layer's weights. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  type: z.string(),
  fields: fieldValuesSchema,
  /** Ids of layers, or `dataSource`; absent for the layer before it in the list, the data for the first. */
  inputs: z
    .array(z.string().regex(/^(@data|[a-z0-9-]{1,40})$/))
    .max(64)
    .optional(),
});
export type LayerSpec = z.infer<typeof layerSpecSchema>;

/** Layers that a person put together under a name. Only drawings of the network know of it: nothing is computed otherwise. */
export const layerGroupSchema = z.object({
  /** No layer can have this id. */
  id: z.string().regex(/^@group-[0-9]{1,6}$/),
  name: z.string().min(1).max(60),
  /** Ids of layers; a layer is in one group at most. */
  layers: z.array(z.string()).max(500),
});
export type LayerGroup = z.infer<typeof layerGroupSchema>;

export const networkSpecSchema = z.object({
  layers: z.array(layerSpecSchema).max(500),
  /** Absent where there are none, as in all networks of versions that had no groups. */
  groups: z.array(layerGroupSchema).max(500).optional(),
});
export type NetworkSpec = z.infer<typeof networkSpecSchema>;
