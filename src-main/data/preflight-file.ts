/**
 * The last pre-flight of each project, in the cache: it may be deleted at any time and is then measured again. It holds what
 * was measured, so that a run of the very same can say beside its own figures what was expected of it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { preflightSchema, type Preflight, type PreflightInput } from '../contract';
import { writeWhole } from './write-whole';

/** The library's folder for what can be made again. */
export interface CacheFolder {
  readonly paths: { readonly cache: string };
}

const fileSchema = z.object({ v: z.literal(1), key: z.string(), preflight: preflightSchema });

/** Whole or not at all; what was measured of the project before stays until then. */
export async function writePreflight(library: CacheFolder, measured: PreflightInput, preflight: Preflight) {
  const path = fileOf(library, measured.projectId);
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(
    path,
    JSON.stringify({ v: 1, key: keyOf(measured), preflight } satisfies z.input<typeof fileSchema>),
  );
}

/** @returns null where these data, network and settings were not the last that were measured. */
export async function readPreflight(library: CacheFolder, measured: PreflightInput): Promise<Preflight | null> {
  try {
    const file = fileSchema.parse(JSON.parse(await readFile(fileOf(library, measured.projectId), 'utf8')));
    return file.key === keyOf(measured) ? file.preflight : null;
  } catch (error) {
    // Another release may have written one that this one does not read.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      console.warn('A pre-flight cannot be read and has to be made again', error);
    }
    return null;
  }
}

function fileOf({ paths }: CacheFolder, projectId: string): string {
  return join(paths.cache, 'preflights', `${hashOf(projectId)}.json`);
}

function keyOf({ data, network, settings }: PreflightInput): string {
  return hashOf(JSON.stringify([data, network, settings]));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
