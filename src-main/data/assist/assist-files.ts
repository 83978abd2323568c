/**
 * Proposals, replays and merges beside the version's rows: derived, made again at any time, and gone with the version's folder.
 * A file is a JSON head in one line and then the numbers of its rows, so that a million proposals are read in milliseconds.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  mergeSchema,
  proposalFactsSchema,
  replaySchema,
  type Merge,
  type Proposals,
  type Replay,
} from '../../contract';
import { versionFolder, type LibraryPaths } from '../paths';
import { writeWhole } from '../write-whole';

interface Place {
  readonly versionId: string;
  readonly column: string;
}

type Kind = 'proposals' | 'replay' | 'merge';

/** A column's name may hold what a file's name may not. */
function fileOf(library: LibraryPaths, { versionId, column }: Place, kind: Kind): string {
  const name = createHash('sha256').update(column).digest('hex').slice(0, 16);
  return join(versionFolder(library, versionId), `${kind}-${name}.bin`);
}

const lineEnd = Buffer.from('\n');

/** @returns null where there is none, or where another release wrote one that this one does not read. */
async function read<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<{ head: z.output<Schema>; rest: Buffer } | null> {
  try {
    const bytes = await readFile(path);
    const end = bytes.indexOf(lineEnd);
    const head: unknown = JSON.parse(bytes.toString('utf8', 0, end));
    return { head: schema.parse(head), rest: bytes.subarray(end + 1) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    console.warn('What was kept for labelling cannot be read and has to be made again', error);
    return null;
  }
}

const headOf = (value: object) => Buffer.concat([Buffer.from(JSON.stringify(value)), lineEnd]);
const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

export async function writeProposals(library: LibraryPaths, proposals: Proposals): Promise<void> {
  const { rows, codes, confidence, judgedConfidence, judgedRight, ...facts } = proposals;
  const head = headOf({ ...facts, proposed: rows.length, judged: judgedConfidence.length });
  const arrays = [rows, codes, confidence, judgedConfidence, judgedRight].map(bytesOf);
  await writeWhole(fileOf(library, facts, 'proposals'), Buffer.concat([head, ...arrays]));
}

const storedFactsSchema = proposalFactsSchema.extend({
  proposed: proposalFactsSchema.shape.labelled,
  judged: proposalFactsSchema.shape.labelled,
});

export async function readProposals(library: LibraryPaths, place: Place): Promise<Proposals | null> {
  const found = await read(fileOf(library, place, 'proposals'), storedFactsSchema);
  if (!found) return null;
  const { proposed, judged, ...facts } = found.head;
  let at = 0;
  const next = (bytes: number) => new Uint8Array(found.rest.subarray(at, (at += bytes))).buffer;
  return {
    ...facts,
    rows: new Int32Array(next(4 * proposed)),
    codes: new Int32Array(next(4 * proposed)),
    confidence: new Float32Array(next(4 * proposed)),
    judgedConfidence: new Float32Array(next(4 * judged)),
    judgedRight: new Uint8Array(next(judged)),
  };
}

export function writeReplay(library: LibraryPaths, replay: Replay): Promise<void> {
  return writeWhole(fileOf(library, replay, 'replay'), headOf(replay));
}
export async function readReplay(library: LibraryPaths, place: Place): Promise<Replay | null> {
  return (await read(fileOf(library, place, 'replay'), replaySchema))?.head ?? null;
}

export function writeMerge(library: LibraryPaths, merge: Merge): Promise<void> {
  return writeWhole(fileOf(library, merge, 'merge'), headOf(merge));
}
export async function readMerge(library: LibraryPaths, place: Place): Promise<Merge | null> {
  return (await read(fileOf(library, place, 'merge'), mergeSchema))?.head ?? null;
}
