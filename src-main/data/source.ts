/**
 * What a source is: a way from files of one kind to a version's rows. One file per source under `sources/`, found by
 * globbing; the import job chooses one by the file's extension and first bytes.
 */
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import {
  CodedError,
  type Column,
  type ColumnType,
  type DatasetVersion,
  type Progress,
  type Reading,
  type ReadingChoice,
  type TableFound,
  type Text,
} from '../contract';
import { readHead, zipHead } from './file-heads';
import type { LeftOutPlace } from './left-out';
import type { Pieces } from './pieces';

/** A file as the import was told of it. */
export interface SourceFile {
  readonly path: string;
  /** Its name for people, without the folder. */
  readonly name: string;
}

export interface SourceContext {
  readonly signal: AbortSignal;
  progress(progress: Pick<Progress, 'stage' | 'done' | 'total' | 'unit'>): void;
  /** What a person says of the file that is read. */
  readonly reading?: Reading | undefined;
}

/** While a source reads, it may leave out files and rows that it cannot use, and says which and why. */
export interface ReadContext extends SourceContext {
  /** @param reason in the words of an error; its parameters name file and row as the error's words need them */
  leaveOut(place: LeftOutPlace, reason: CodedError): void;
  /** Where finished pieces are kept; absent for what does not go on when it was interrupted. */
  readonly pieces?: Pieces | undefined;
}

/** Where a source writes: `rows` is the Parquet file to make, `work` a folder that vanishes, `blobs` takes blobs named by sha256. */
export interface SourceTarget {
  readonly rows: string;
  readonly work: string;
  readonly blobs: string;
}

export interface ReadColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly image: Column['image'];
  readonly audio?: Column['audio'];
  readonly of?: string;
  readonly classes?: string[];
}

/** What a source has written: the Parquet file is as `rowsFile` in paths.ts says. */
export interface ReadResult {
  readonly rowCount: number;
  readonly columns: readonly ReadColumn[];
  readonly hasGivenSplit: boolean;
  readonly notes: DatasetVersion['notes'];
}

export interface SourceDefinition {
  readonly id: string;
  readonly label: Text;
  /** Lower case, with the dot; shown to people and tried first. */
  readonly extensions: readonly string[];
  /** Takes whatever is of its form, such as any JSON, and is asked after those that look for something in particular. */
  readonly general?: boolean;
  /** @param head the first bytes of the file, at most 64 KiB. */
  recognise(path: string, head: Uint8Array): boolean;
  /** Files that belong to the one given (the labels beside the pictures), itself included. */
  companions(path: string): Promise<readonly string[]>;
  /** What tells its content, where that is not the bytes of the companions alone; null where it is. */
  hash?(files: readonly SourceFile[], context: SourceContext): Promise<string | null>;
  /** What a person may say of such a file. */
  readonly choices?: readonly ReadingChoice[];
  /**
   * Which tables such a file holds, the likeliest first; none where there is nothing to choose.
   * @param work a folder that vanishes; what is left there may be read from again. @throws CodedError as `read`
   */
  tables?(files: readonly SourceFile[], work: string, context: SourceContext): Promise<readonly TableFound[]>;
  /** @throws CodedError naming file, row and column where it can; whatever was written is thrown away by the caller. */
  read(files: readonly SourceFile[], target: SourceTarget, context: ReadContext): Promise<ReadResult>;
}

const modules = import.meta.glob<SourceDefinition>(['./sources/*.ts', '!./sources/*.test.ts'], {
  eager: true,
  import: 'definition',
});

const sources: readonly SourceDefinition[] = Object.values(modules);

/** @throws CodedError `source-unknown` */
export function getSource(id: string): SourceDefinition {
  const found = sources.find((source) => source.id === id);
  if (!found) throw new CodedError('source-unknown', { file: id, known: knownExtensions() });
  return found;
}

/**
 * The source that reads a file, by extension and content.
 * @throws CodedError `file-missing`, `source-unknown`
 */
export async function chooseSource(path: string): Promise<SourceDefinition> {
  const head = await headOf(path);
  const extension = extname(path).toLowerCase();
  const byName = sources.filter((source) => source.extensions.includes(extension));
  const others = sources.filter((source) => !byName.includes(source));
  const general = (source: SourceDefinition) => Number(source.general ?? false);
  byName.sort((one, other) => general(one) - general(other));
  const found = [...byName, ...others].find((source) => source.recognise(path, head));
  if (!found) throw new CodedError('source-unknown', { file: basename(path), known: knownExtensions() });
  return found;
}

function knownExtensions(): string {
  return [...new Set(sources.flatMap((source) => source.extensions))].join(', ');
}

/** The first bytes of a file, at most 64 KiB; of a folder, those of a zip, which is read the same way. @throws CodedError `file-missing` */
async function headOf(path: string): Promise<Uint8Array> {
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) return zipHead;
    if (!entry.isFile()) throw new Error('not a file');
    return await readHead(path);
  } catch (error) {
    throw new CodedError('file-missing', { file: basename(path) }, error);
  }
}
