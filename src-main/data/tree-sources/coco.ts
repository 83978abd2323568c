/** COCO: JSON files that hold pictures, classes and boxes in pixels for many pictures at once (https://cocodataset.org/#format-data). */
import { z } from 'zod';
import { CodedError } from '../../contract';
import { PictureNames, readAnnotated } from '../annotated-pictures';
import type { GivenBox } from '../boxes';
import type { ReadContext } from '../source';
import type { TreeFile } from '../tree';
import { isPicture } from '../tree-paths';
import type { TreeSource } from '../tree-source';

const id = z.union([z.number(), z.string()]);
const cocoSchema = z.object({
  images: z.array(z.object({ id, file_name: z.string() })),
  categories: z.array(z.object({ id, name: z.string() })),
  annotations: z.array(
    z.object({ image_id: id, category_id: id, bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]) }),
  ),
});
type Coco = z.infer<typeof cocoSchema>;

export const definition: TreeSource = {
  id: 'coco',
  label: { en: 'Pictures with boxes (COCO)', zh: '带标注框的图片（COCO）' },
  rank: 20,
  recognise: ({ files }) => files.some(({ path }) => isPicture(path)) && files.some(isJson),
  async read(tree, name, target, context) {
    const names = new PictureNames(tree.files.filter(({ path }) => isPicture(path)));
    const boxes = new Map<string, GivenBox[]>();
    const used = new Set<string>();
    for (const file of tree.files.filter(isJson)) {
      context.signal.throwIfAborted();
      const parsed = parseCoco(await file.read(), file.path);
      if (!parsed) continue;
      used.add(file.path);
      addBoxes(parsed, file, names, boxes, context);
    }
    return boxes.size === 0 ? null : readAnnotated(tree, name, { boxes, used }, target, context);
  },
};

function isJson({ path }: TreeFile): boolean {
  return /\.json$/i.test(path);
}

/**
 * @returns null for JSON of another kind.
 * @throws CodedError `annotation-damaged` for what has COCO's lists but not their entries.
 */
export function parseCoco(bytes: Buffer, file: string): Coco | null {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
  const hasLists = typeof value === 'object' && value !== null && 'images' in value && 'annotations' in value;
  if (!hasLists) return null;
  const parsed = cocoSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CodedError('annotation-damaged', { file, reason: `${issue?.path.join('.')}: ${issue?.message}` });
}

function addBoxes(
  coco: Coco,
  file: TreeFile,
  names: PictureNames,
  boxes: Map<string, GivenBox[]>,
  context: ReadContext,
) {
  const classes = new Map(coco.categories.map((category) => [String(category.id), category.name]));
  const pictures = new Map<string, GivenBox[]>();
  for (const image of coco.images) {
    const picture = names.find(image.file_name, file.path);
    if (picture) {
      const own = boxes.get(picture.path) ?? [];
      boxes.set(picture.path, own);
      pictures.set(String(image.id), own);
    } else {
      const reason = new CodedError('annotation-without-picture', { file: file.path, picture: image.file_name });
      context.leaveOut({ file: file.path }, reason);
    }
  }
  for (const { image_id, category_id, bbox } of coco.annotations) {
    const [left, top, width, height] = bbox;
    const label = classes.get(String(category_id)) ?? String(category_id);
    pictures.get(String(image_id))?.push({ label, left, top, width, height });
  }
}
