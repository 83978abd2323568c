/** Ends at once, with a result that fills the line to the host many times over. */
import { z } from 'zod';
import { defineJob } from '../../definition';

export const bulk = defineJob({
  kind: 'bulk',
  input: z.object({ bytes: z.number() }),
  run: ({ bytes }) => Promise.resolve({ filled: new Uint8Array(bytes).fill(7) }),
});
