/** A network in a file of its own: one JSON object that says what it is and in which version of the form it is written. */
import { z } from 'zod';
import { networkSpecSchema } from './network';
import { textSchema } from './text';

export const networkFileFormat = 'tandem-network';
export const networkFileVersion = 1;

/** Larger files are not read: the layers of the largest known networks take less. */
export const networkFileLimit = 2 * 1024 * 1024;

export const networkFileSchema = z.object({
  format: z.literal(networkFileFormat),
  version: z.literal(networkFileVersion),
  network: networkSpecSchema,
});
export type NetworkFile = z.infer<typeof networkFileSchema>;

/** What was read from a file. */
export const readNetworkSchema = z.object({
  network: networkSpecSchema,
  from: z.enum(['tandem', 'keras']),
  /** What differs from what the file says, for people. */
  notes: z.array(textSchema),
});
export type ReadNetwork = z.infer<typeof readNetworkSchema>;
