/** Sounds and pictures recorded in the window: kept one by one as files, and handed to an import when the person is done. */
import { z } from 'zod';
import { procedure } from '../procedure';

/** Ten seconds at 48,000 samples per second: more than one example of a recording holds. */
const mostClipBytes = 960_000;

/** A picture of a camera, cut and scaled by the window, is far below. */
const mostPictureBytes = 4 << 20;

export const recordingDeviceSchema = z.enum(['microphone', 'camera']);
export type RecordingDevice = z.infer<typeof recordingDeviceSchema>;

export const recordings = {
  /** The next request for this device alone, if it comes within seconds, is granted; no other ever is. */
  allowDevice: procedure({ input: z.object({ device: recordingDeviceSchema }), output: z.void() }),
  /** A new recording. What recordings keep lasts until the app is started again. */
  begin: procedure({ input: z.object({ device: recordingDeviceSchema }), output: z.object({ id: z.string() }) }),
  /** Keeps a clip of sound on disk. @param samples int16 little-endian, one channel. */
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
  /** Keeps a picture on disk. @param picture a whole JPEG file. */
  keepPicture: procedure({
    input: z.object({
      id: z.string(),
      picture: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length <= mostPictureBytes),
    }),
    output: z.object({ clip: z.string() }),
  }),
  /** A sound file that the person gave, read as an import reads it. @returns samples from -1 to 1, one channel, the middle minute of a longer one. */
  readFile: procedure({
    input: z.object({ file: z.string() }),
    output: z.object({ rate: z.number().int(), samples: z.instanceof(Float32Array) }),
  }),
  /** The chosen clips or pictures with their classes as a folder to import. */
  finish: procedure({
    input: z.object({
      id: z.string(),
      name: z.string().min(1).max(100),
      clips: z
        .array(
          z.object({
            clip: z.string(),
            label: z.string().min(1).max(100),
            /** Which time the person recorded: those of one are much alike, and best kept on one side of a split. */
            take: z.number().int().min(1).optional(),
          }),
        )
        .min(1)
        .max(100_000),
    }),
    output: z.object({ file: z.string(), name: z.string() }),
  }),
};
