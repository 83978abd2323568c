/**
 * YOLO: a text file per picture of the same name, beside it or in `labels` where it is in `images`; a line per box: class number,
 * then centre and size in shares (https://docs.ultralytics.com/datasets/detect/). Names of classes are in `classes.txt`,
 * `obj.names` or the `names` of a `.yaml` file.
 */
import { parse } from 'yaml';
import { CodedError } from '../../contract';
import { readAnnotated } from '../annotated-pictures';
import type { GivenBox } from '../boxes';
import type { ReadContext } from '../source';
import type { Tree, TreeFile } from '../tree';
import { fileName, isPicture } from '../tree-paths';
import type { TreeSource } from '../tree-source';

const CLASS_LIST = /(^|\/)(classes\.txt|[^/]+\.names)$/i;
const YAML = /\.ya?ml$/i;
const LINE = /^(\d+)((?:\s+-?\d*\.?\d+(?:e-?\d+)?){4})\s*$/i;

export const definition: TreeSource = {
  id: 'yolo',
  label: { en: 'Pictures with boxes (YOLO)', zh: '带标注框的图片（YOLO）' },
  rank: 30,
  recognise: (tree) => annotationFiles(tree).length > 0,
  async read(tree, name, target, context) {
    const used = new Set<string>();
    const classes = await readClasses(tree, used);
    const boxes = new Map<string, GivenBox[]>();
    let read = 0;
    for (const { picture, file } of annotationFiles(tree)) {
      context.signal.throwIfAborted();
      used.add(file.path);
      const lines = (await file.read()).toString('utf8').split(/\r?\n/);
      const own = parseLines(lines, file, classes, context);
      read += own.length;
      boxes.set(picture.path, own);
    }
    return read === 0 ? null : readAnnotated(tree, name, { boxes, used }, target, context);
  },
};

/** Pictures with the text file that belongs to each. */
function annotationFiles(tree: Tree): { picture: TreeFile; file: TreeFile }[] {
  const texts = new Map(tree.files.filter(({ path }) => /\.txt$/i.test(path)).map((file) => [file.path, file]));
  if (texts.size === 0) return [];
  return tree.files
    .filter(({ path }) => isPicture(path))
    .flatMap((picture) => {
      const beside = picture.path.replace(/\.[^.]+$/, '.txt');
      const file = texts.get(beside) ?? texts.get(beside.replace(/(^|\/)images\//, '$1labels/'));
      return file && !CLASS_LIST.test(file.path) ? [{ picture, file }] : [];
    });
}

function parseLines(
  lines: readonly string[],
  file: TreeFile,
  classes: readonly string[],
  context: ReadContext,
): GivenBox[] {
  const boxes: GivenBox[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [, number = '', rest = ''] = LINE.exec(line.trim()) ?? [];
    const [x = NaN, y = NaN, width = NaN, height = NaN] = rest.trim().split(/\s+/).map(Number);
    if (number === '' || ![x, y, width, height].every(Number.isFinite)) {
      const reason = `line ${index + 1} is not a class number and four shares`;
      context.leaveOut(
        { file: file.path, row: index + 1 },
        new CodedError('annotation-damaged', { file: file.path, reason }),
      );
      continue;
    }
    const label = classes[Number(number)] ?? number;
    boxes.push({ label, left: x - width / 2, top: y - height / 2, width, height, isShare: true });
  }
  return boxes;
}

async function readClasses(tree: Tree, used: Set<string>): Promise<string[]> {
  for (const file of tree.files) {
    if (CLASS_LIST.test(file.path)) {
      used.add(file.path);
      return (await file.read())
        .toString('utf8')
        .split(/\r?\n/)
        .map((line) => line.trim());
    }
    if (!YAML.test(fileName(file.path))) continue;
    const names = namesOf((await file.read()).toString('utf8'));
    if (!names) continue;
    used.add(file.path);
    return names;
  }
  return [];
}

/** `names` of a data file: a list, or class numbers with their names. Aliases are not unfolded, so that none can grow. */
function namesOf(text: string): string[] | null {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('names' in value)) return null;
  const { names } = value;
  if (Array.isArray(names)) return names.map(String);
  if (typeof names !== 'object' || names === null) return null;
  const list: string[] = [];
  for (const [number, name] of Object.entries(names)) if (/^\d{1,5}$/.test(number)) list[Number(number)] = String(name);
  return list;
}
