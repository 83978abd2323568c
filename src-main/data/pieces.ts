/**
 * What of an import outlives its process: finished pieces, each with its files and what is to be known of them, in one note
 * that is replaced as a whole after every piece. A piece counts when its bytes are on the disk and the note says so; all else
 * in the folder is what a killed process was at, and is swept before the import goes on.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { version as app } from '../../package.json';

const NOTE = 'pieces.json';
/** To be raised where pieces of the same version of the app are no longer read as they were written. */
const FORMAT = 1;
/** Seconds between two moments at which a piece that grows is kept, where nobody says another. */
const USUAL_SECONDS = 5;

const pieceSchema = z.object({
  value: z.unknown(),
  /** Bytes of each file, by its path below the folder; what lies behind them in it was never kept. */
  files: z.record(z.string(), z.number().int().min(0)),
});
type Piece = z.infer<typeof pieceSchema>;

const noteSchema = z.object({
  format: z.literal(FORMAT),
  app: z.literal(app),
  /** Of the source, before anything of it was read. */
  stamp: z.string(),
  pieces: z.record(z.string(), pieceSchema),
});

export interface PieceOptions {
  /** An import's own folder, made where it is not there. */
  readonly folder: string;
  /** The source as it is now. */
  readonly stamp: string;
  /** Seconds between two moments at which a growing piece is kept. */
  readonly seconds?: number | undefined;
  /** Called whenever something was kept. */
  readonly onKept?: () => void;
}

export class Pieces {
  readonly folder: string;
  readonly #options: PieceOptions;
  #pieces: Record<string, Piece>;
  #keptAt = performance.now();
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: PieceOptions, pieces: Record<string, Piece>) {
    this.folder = options.folder;
    this.#options = options;
    this.#pieces = pieces;
  }

  /**
   * Opens what an interrupted import left, or begins anew where it left nothing that can be trusted.
   * @returns null where the source was another when the pieces were made.
   */
  static async open(options: PieceOptions): Promise<Pieces | null> {
    const { folder, stamp } = options;
    await mkdir(folder, { recursive: true });
    const found = readNote(join(folder, NOTE));
    if (found && found.stamp !== stamp) return null;
    const sound = Object.entries(found?.pieces ?? {}).filter(([, { files }]) => isWhole(folder, files));
    const pieces = Object.fromEntries(sound);
    sweep(folder, folder, new Map(sound.flatMap(([, { files }]) => Object.entries(files))));
    return new Pieces(options, pieces);
  }

  /** What is known of a finished piece; null where there is none, or none that fits the schema. */
  get<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> | null {
    const piece = Object.hasOwn(this.#pieces, name) ? this.#pieces[name] : undefined;
    const parsed = piece && schema.safeParse(piece.value);
    return parsed?.success ? parsed.data : null;
  }

  /** Whether a growing piece should be kept again. */
  isDue(): boolean {
    return performance.now() - this.#keptAt >= 1000 * (this.#options.seconds ?? USUAL_SECONDS);
  }

  /**
   * Keeps a piece, in place of an earlier one of its name.
   * @param files absolute paths with the bytes of each that count; they are on the disk already. Where one goes later, the
   * piece is none any more.
   */
  async keep(name: string, value: unknown, files: ReadonlyMap<string, number> = new Map()): Promise<void> {
    const own = Object.fromEntries([...files].map(([path, bytes]) => [relative(this.folder, path), bytes]));
    this.#pieces = { ...this.#pieces, [name]: { value, files: own } };
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
    this.#keptAt = performance.now();
    this.#options.onKept?.();
  }

  /** In place of the note as it stood, or, killed before that, not at all. */
  async #write(): Promise<void> {
    const note = { format: FORMAT, app, stamp: this.#options.stamp, pieces: this.#pieces };
    const text = JSON.stringify(note);
    const path = join(this.folder, NOTE);
    const file = await open(`${path}.new`, 'w');
    try {
      await file.writeFile(`${sumOf(text)}\n${text}`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Null where there is none, a bit of it is wrong, or another version of the app wrote it. */
function readNote(path: string): z.infer<typeof noteSchema> | null {
  if (!existsSync(path)) return null;
  const written = readFileSync(path, 'utf8');
  const text = written.slice(65);
  if (written.slice(0, 65) !== `${sumOf(text)}\n`) return null;
  const parsed = noteSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

function isWhole(folder: string, files: Piece['files']): boolean {
  return Object.entries(files).every(([path, bytes]) => {
    const entry = statSync(join(folder, path), { throwIfNoEntry: false });
    return entry?.isFile() === true && entry.size >= bytes;
  });
}

/** Takes away what no piece has, and what lies behind the bytes that were kept. */
function sweep(root: string, folder: string, kept: ReadonlyMap<string, number>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = relative(root, path);
    const bytes = kept.get(name);
    const holds = [...kept.keys()].some((file) => file.startsWith(name + sep));
    if (name === NOTE) continue;
    if (entry.isDirectory() && holds) sweep(root, path, kept);
    else if (bytes === undefined) rmSync(path, { recursive: true, force: true });
    else if (statSync(path).size > bytes) truncateSync(path, bytes);
  }
}
