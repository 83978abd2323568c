/** What an import leaves out, while it reads: collected in bounded memory, kept in the version's folder, read back by page. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leftOutReportSchema, toWireError, type CodedError, type LeftOut, type LeftOutReport } from '../contract';
import { versionFolder, type LibraryPaths } from './paths';

/** What is kept in full; the rest is counted by reason. */
export const MOST_KEPT = 10_000;
/** Characters of a name or parameter: names come from archives, which may hold any. */
const LONGEST = 300;

/** Where something was left out: a file below what is imported, and the line where it is only a row. */
export interface LeftOutPlace {
  readonly file: string;
  readonly row?: number;
}

export class LeftOutCollector {
  #total = 0;
  readonly #counts = new Map<string, number>();
  readonly #kept: LeftOut[] = [];

  /** May be called for every row of a file: beyond the first few thousand it only counts. */
  readonly add = (place: LeftOutPlace, reason: CodedError): void => {
    this.#total += 1;
    this.#counts.set(reason.code, (this.#counts.get(reason.code) ?? 0) + 1);
    if (this.#kept.length >= MOST_KEPT) return;
    const { code, parameters } = toWireError(reason);
    const shortened = Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? shorten(value) : value,
    ]);
    this.#kept.push({
      file: shorten(place.file),
      row: place.row ?? null,
      reason: { code, parameters: Object.fromEntries(shortened) as LeftOut['reason']['parameters'] },
    });
  };

  get total(): number {
    return this.#total;
  }

  report(): LeftOutReport {
    const counts = [...this.#counts]
      .map(([code, count]) => ({ code, count }))
      .sort((one, two) => two.count - one.count);
    return { total: this.#total, counts, kept: this.#kept };
  }
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** The file beside a version's rows that says what its import left out; absent where that was nothing. */
export function leftOutFile(library: LibraryPaths, versionId: string): string {
  return join(versionFolder(library, versionId), 'left-out.json');
}

export async function writeLeftOut(path: string, report: LeftOutReport): Promise<void> {
  await writeFile(path, JSON.stringify(report));
}

export interface LeftOutQuery {
  /** One reason's code alone; null for all. */
  readonly code: string | null;
  readonly offset: number;
  readonly limit: number;
}

export interface LeftOutPage {
  total: number;
  counts: LeftOutReport['counts'];
  /** How many of those asked for are kept in full. */
  kept: number;
  entries: LeftOut[];
}

/** A page of a version's report; empty where its import left nothing out. */
export async function readLeftOut(
  library: LibraryPaths,
  versionId: string,
  { code, offset, limit }: LeftOutQuery,
): Promise<LeftOutPage> {
  const { total, counts, kept } = await readReport(leftOutFile(library, versionId));
  const asked = code === null ? kept : kept.filter(({ reason }) => reason.code === code);
  return { total, counts, kept: asked.length, entries: asked.slice(offset, offset + limit) };
}

async function readReport(path: string): Promise<LeftOutReport> {
  try {
    return leftOutReportSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { total: 0, counts: [], kept: [] };
    throw error;
  }
}
