/** The app itself: what it runs on, what the person set, where it was left. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { parallelRunsSchema } from '../queue';
import { localeSchema } from '../text';

/** Characters of a pasted table: it stands in memory several times on its way. */
export const mostPasted = 32 << 20;

export const preferencesSchema = z.object({
  locale: z.enum(['system', ...localeSchema.options]),
  theme: z.enum(['system', 'light', 'dark']),
  /** Where the app was left: screen and project, restored at the next start. */
  screen: z.string(),
  projectId: z.string().nullable(),
  /** The camera and the microphone that the person chose, by the ids that the window knows them by; null for the system's. */
  camera: z.string().nullable(),
  microphone: z.string().nullable(),
  /** How the Network screen shows the layers. */
  networkView: z.enum(['list', 'graph']),
  /** How many runs are trained at the same time. */
  parallelRuns: parallelRunsSchema,
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What holds until a person says otherwise. */
export const defaultPreferences: Preferences = {
  locale: 'system',
  theme: 'system',
  screen: 'home',
  projectId: null,
  camera: null,
  microphone: null,
  networkView: 'list',
  parallelRuns: 'automatic',
};

export const deviceSchema = z.object({
  backend: z.enum(['tensorflow-cpu', 'tensorflow-cuda', 'wasm', 'cpu']),
  /** Why the slow fallback is in use; null on TensorFlow. */
  slowReason: z.string().nullable(),
  cores: z.number().int(),
  memoryBytes: z.number(),
});
export type Device = z.infer<typeof deviceSchema>;

export const app = {
  info: procedure({
    input: z.void(),
    output: z.object({
      version: z.string(),
      library: z.string(),
      device: deviceSchema,
      systemLocale: localeSchema,
      /** What happened at start that the person must know, e.g. a damaged library set aside. */
      notices: z.array(
        z.object({ code: z.string(), parameters: z.record(z.string(), z.union([z.string(), z.number()])) }),
      ),
    }),
  }),
  preferences: procedure({ input: z.void(), output: preferencesSchema }),
  setPreferences: procedure({ input: preferencesSchema.partial(), output: preferencesSchema }),
  /** A table that the person pasted, as a file to import; the one pasted before is forgotten. */
  keepPasted: procedure({
    input: z.object({ name: z.string().min(1).max(100), text: z.string().min(1).max(mostPasted) }),
    output: z.object({ file: z.string(), name: z.string() }),
  }),
  /** Opens the system's file dialogue; null if the person cancels. */
  pickFile: procedure({
    input: z.void(),
    output: z.object({ file: z.string(), name: z.string() }).nullable(),
  }),
  /** The same for a folder of files, such as pictures. */
  pickFolder: procedure({
    input: z.void(),
    output: z.object({ file: z.string(), name: z.string() }).nullable(),
  }),
};
