/** What checks look at: a version's columns under a setup, read when a check asks and kept for the next. */
import {
  isListType,
  type ColumnType,
  type Column,
  type DataSetup,
  type DatasetVersion,
  type WireError,
} from '../../contract';
import { effectiveType, readCodes, readColumns, readNumbers, type CodedColumn } from '../columns';
import type { LibraryPaths } from '../paths';
import { divideRows, type DividedRows } from '../target';
import { findDuplicates, type Duplicates } from '../duplicates/find';
import type { OutOfFold } from './confident-learning';
import { measurePictures, type PictureFacts } from './picture-facts';
import { measureSounds, type SoundFacts } from './sound-facts';

export interface QualityColumn {
  readonly name: string;
  /** Its place in the version. */
  readonly index: number;
  /** As the person sees it. */
  readonly type: ColumnType;
  readonly column: Column;
}

/** Tells how far a check is, and ends it. */
export interface CheckWatch {
  readonly signal: AbortSignal;
  progress(done: number, total: number): void;
}

/** Texts are read so many rows at a time. */
const TEXT_ROWS = 20_000;

export class QualityData {
  readonly columns: readonly QualityColumn[];
  /** The column to be predicted; null where none was chosen. */
  readonly target: QualityColumn | null;
  #divided: Promise<DividedRows> | null = null;
  #duplicates: Promise<Duplicates> | null = null;
  #pictures: Promise<PictureFacts> | null = null;
  #sounds: Promise<SoundFacts> | null = null;

  /** @param outOfFold null where no quick model could learn the target. */
  constructor(
    readonly library: LibraryPaths,
    readonly version: DatasetVersion,
    readonly setup: DataSetup | null,
    readonly outOfFold: OutOfFold | null,
    /** Why none could. */
    readonly modelProblem: WireError | null = null,
  ) {
    this.columns = version.columns.map((column, index) => ({
      name: column.name,
      index,
      type: setup ? effectiveType(column, setup) : column.type,
      column,
    }));
    this.target = this.columns.find(({ name }) => name === setup?.target) ?? null;
  }

  get rows(): number {
    return this.version.rowCount;
  }

  /** The first column of pictures. */
  get pictureColumn(): QualityColumn | null {
    return this.columns.find(({ type, column }) => type === 'image' && column.image !== null) ?? null;
  }

  /** The first column of sounds. */
  get soundColumn(): QualityColumn | null {
    return this.columns.find(({ type, column }) => type === 'audio' && column.audio) ?? null;
  }

  /** Columns that the target may be learnt from. */
  get inputs(): readonly QualityColumn[] {
    return this.columns.filter(
      ({ name, type }) =>
        name !== this.target?.name && name !== this.setup?.weightColumn && type !== 'ignored' && !isListType(type),
    );
  }

  /** NaN where missing. */
  numbers({ index }: QualityColumn): Promise<Float64Array> {
    return readNumbers(this.library, this.version, index);
  }

  codes({ index }: QualityColumn): Promise<CodedColumn> {
    return readCodes(this.library, this.version, index);
  }

  /** A column's cells as texts, from row `first` on, some thousand at a time. */
  async *texts({ index }: QualityColumn): AsyncGenerator<{ first: number; texts: (string | null)[] }> {
    for (let first = 0; first < this.rows; first += TEXT_ROWS) {
      const where = `WHERE _index >= ${first} AND _index < ${first + TEXT_ROWS}`;
      const [cells = []] = await readColumns(this.library, this.version.id, [index], where);
      yield { first, texts: cells.map((cell) => (cell === null ? null : String(cell))) };
    }
  }

  /** The target's classes and the parts of the split; null without a target. @throws CodedError as `divideRows` */
  async divided(): Promise<DividedRows | null> {
    if (!this.setup) return null;
    this.#divided ??= divideRows(this.library, this.version, this.setup);
    return this.#divided;
  }

  /** Rows that are alike in these columns; kept beside the version, where the split's leakage is told from it too. */
  duplicates(columns: readonly string[], { signal, progress }: CheckWatch): Promise<Duplicates> {
    this.#duplicates ??= findDuplicates(this.library, this.version, columns, {
      signal,
      progress: ({ done, total }) => progress(done, total ?? this.rows),
    });
    return this.#duplicates;
  }

  /** What is known of each picture. */
  async pictures(watch: CheckWatch): Promise<PictureFacts | null> {
    const { pictureColumn } = this;
    if (!pictureColumn) return null;
    this.#pictures ??= measurePictures(this.library, this.version, pictureColumn.name, watch);
    return this.#pictures;
  }

  /** What is known of each sound. */
  async sounds(watch: CheckWatch): Promise<SoundFacts | null> {
    const { soundColumn } = this;
    if (!soundColumn) return null;
    this.#sounds ??= measureSounds(this.library, this.version, soundColumn.name, watch);
    return this.#sounds;
  }
}
