/** Networks in files of their own. */
import { z } from 'zod';
import { networkSpecSchema } from '../network';
import { readNetworkSchema } from '../network-file';
import { procedure } from '../procedure';

export const networks = {
  /** Asks for a file in the system's dialogue and reads it; null if the person cancels. */
  openFile: procedure({ input: z.void(), output: readNetworkSchema.extend({ file: z.string() }).nullable() }),
  /** Asks where to put it and writes it; the file's name, or null if the person cancels. */
  saveFile: procedure({
    input: z.object({ network: networkSpecSchema, name: z.string().min(1).max(200) }),
    output: z.string().nullable(),
  }),
};
