/** Sounds recorded in the window: kept clip by clip as files, and handed to an import when the person is done. */
import { z } from 'zod';
import { procedure } from '../procedure';

/** Ten seconds at 48,000 samples per second: more than one example of a recording holds. */
const mostClipBytes = 960_000;

export const recordings = {
  /** The next request for the microphone, if it comes within seconds, is granted; no other ever is. */
  allowMicrophone: procedure({ input: z.void(), output: z.void() }),
  /** A new recording; what an earlier one kept is forgotten. */
  begin: procedure({ input: z.void(), output: z.object({ id: z.string() }) }),
  /** Keeps a clip on disk. @param samples int16 little-endian, one channel. */
  keep: procedure({
    input: z.object({
      id: z.string(),
      rate: z.number().int().min(8000).max(96_000),
      samples: z
        .instanceof(Uint8Array)
        .refine(({ length }) => length > 0 && length % 2 === 0 && length <= mostClipBytes),
    }),
    output: z.object({ clip: z.string() }),
  }),
  /** The chosen clips with their classes as a folder to import. */
  finish: procedure({
    input: z.object({
      id: z.string(),
      name: z.string().min(1).max(100),
      clips: z
        .array(z.object({ clip: z.string(), label: z.string().min(1).max(100) }))
        .min(1)
        .max(100_000),
    }),
    output: z.object({ file: z.string(), name: z.string() }),
  }),
};
