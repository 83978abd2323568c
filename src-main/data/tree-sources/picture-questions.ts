/**
 * Questions about pictures, as easy-vqa has them (https://github.com/vzhou842/easy-VQA): JSON lists of [question, answer, picture]
 * beside a folder of the pictures, which are named by the third.
 */
import { z } from 'zod';
import { CodedError } from '../../contract';
import { PictureNames } from '../annotated-pictures';
import { decodeWhole } from '../csv/decoded';
import { developPictures } from '../picture-rows';
import type { ReadColumn, ReadContext } from '../source';
import type { Tree, TreeFile } from '../tree';
import { isPicture, partOf } from '../tree-paths';
import { writeGathered, type GatheredRow } from '../tree-rows';
import type { TreeSource } from '../tree-source';

/** One file of questions, in bytes. */
const MOST_BYTES = 64 << 20;
/** Entries that are tried to tell the form. */
const TRIED = 100;

const name = z.union([z.string().min(1), z.number()]);
const entrySchema = z.tuple([z.string().trim().min(1), name, name]);

/** A question whose picture is there. */
interface Question {
  readonly question: string;
  readonly answer: string;
  readonly picture: TreeFile;
  readonly file: TreeFile;
}

export const definition: TreeSource = {
  id: 'picture-questions',
  label: { en: 'Questions about pictures', zh: '关于图片的问题' },
  rank: 30,
  recognise: ({ files }) => files.some(isJson) && files.some(({ path }) => isPicture(path)),
  async read(tree, source, target, context) {
    const found: { readonly file: TreeFile; readonly entries: readonly unknown[] }[] = [];
    for (const file of tree.files.filter(isJson)) {
      context.signal.throwIfAborted();
      const entries = await readEntries(file);
      if (entries) found.push({ file, entries });
    }
    if (found.length === 0) return null;
    const pictures = new QuestionPictures(tree.files.filter(({ path }) => isPicture(path)));
    const questions = found.flatMap(({ file, entries }) => soundQuestions(file, entries, pictures, context));
    const wanted = new Set(questions.map(({ picture }) => picture));
    leaveOutOthers(tree, wanted, new Set(found.map(({ file }) => file)), context);
    const developed = await developPictures([...wanted], source, target, context);
    const places = new Map(developed.pictures.map(({ path, place }) => [path, place]));
    const rows = questions.flatMap((one): GatheredRow[] => {
      const place = places.get(one.picture.path);
      if (place === undefined) return [];
      return [{ values: [place, one.question, one.answer, one.picture.path], part: partOf(one.file.path) }];
    });
    return writeGathered(rows, [developed.column, ...wordColumns], target, context);
  },
};

const wordColumns: readonly ReadColumn[] = [
  { name: 'question', type: 'text', image: null },
  { name: 'answer', type: 'category', image: null },
  { name: 'file', type: 'text', image: null },
];

function isJson({ path }: TreeFile): boolean {
  return /\.json$/i.test(path);
}

/** The entries of a list of which most are questions; null for JSON of another kind. */
async function readEntries(file: TreeFile): Promise<readonly unknown[] | null> {
  const bytes = await file.read();
  if (bytes.length > MOST_BYTES) return null;
  let value: unknown;
  try {
    value = JSON.parse(decodeWhole(bytes, file.path));
  } catch {
    return null;
  }
  if (!Array.isArray(value)) return null;
  const tried = (value as unknown[]).slice(0, TRIED);
  const sound = tried.filter((entry) => entrySchema.safeParse(entry).success).length;
  return sound > 0 && sound >= tried.length / 2 ? value : null;
}

/** Pictures by what questions call them: `7` is `images/7.png` beside the questions, in whatever format. */
class QuestionPictures {
  readonly #names: PictureNames;
  readonly #withoutExtension: ReadonlyMap<string, TreeFile>;

  constructor(pictures: readonly TreeFile[]) {
    this.#names = new PictureNames(pictures);
    this.#withoutExtension = new Map(pictures.map((picture) => [picture.path.replace(/\.[^./]+$/, ''), picture]));
  }

  find(called: string, { path }: TreeFile): TreeFile | null {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const beside = this.#withoutExtension.get(`${folder}images/${called}`);
    return beside ?? this.#withoutExtension.get(`${folder}${called}`) ?? this.#names.find(called, path);
  }
}

/** Entries are counted from 1. */
function soundQuestions(
  file: TreeFile,
  entries: readonly unknown[],
  pictures: QuestionPictures,
  context: ReadContext,
): Question[] {
  return entries.flatMap((entry, at): Question[] => {
    const place = { file: file.path, row: at + 1 };
    const parsed = entrySchema.safeParse(entry);
    if (!parsed.success) {
      context.leaveOut(place, new CodedError('question-incomplete', place));
      return [];
    }
    const [question, answer, picture] = parsed.data;
    const there = pictures.find(String(picture), file);
    if (there) return [{ question, answer: String(answer), picture: there, file }];
    context.leaveOut(place, new CodedError('question-without-picture', { ...place, picture: String(picture) }));
    return [];
  });
}

function leaveOutOthers(
  { files }: Tree,
  pictures: ReadonlySet<TreeFile>,
  questions: ReadonlySet<TreeFile>,
  context: ReadContext,
): void {
  for (const file of files) {
    if (pictures.has(file) || questions.has(file)) continue;
    context.leaveOut({ file: file.path }, new CodedError('file-of-other-kind', { file: file.path }));
  }
}
