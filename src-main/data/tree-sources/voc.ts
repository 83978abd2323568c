/** Pascal VOC: one XML file per picture, its boxes in pixels (http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/, "Annotation"). */
import { Parser } from 'saxen';
import { CodedError } from '../../contract';
import { PictureNames, readAnnotated } from '../annotated-pictures';
import type { GivenBox } from '../boxes';
import type { TreeFile } from '../tree';
import { isPicture, stem } from '../tree-paths';
import type { TreeSource } from '../tree-source';

export const definition: TreeSource = {
  id: 'voc',
  label: { en: 'Pictures with boxes (Pascal VOC)', zh: '带标注框的图片（Pascal VOC）' },
  rank: 10,
  recognise: ({ files }) => files.some(({ path }) => isPicture(path)) && files.some(isXml),
  async read(tree, name, target, context) {
    const names = new PictureNames(tree.files.filter(({ path }) => isPicture(path)));
    const boxes = new Map<string, GivenBox[]>();
    const used = new Set<string>();
    for (const file of tree.files.filter(isXml)) {
      context.signal.throwIfAborted();
      try {
        const annotation = parseVoc((await file.read()).toString('utf8'), file.path);
        if (!annotation) continue;
        used.add(file.path);
        const picture = names.find(annotation.picture || stem(file.path)) ?? names.find(stem(file.path));
        if (picture) boxes.set(picture.path, annotation.boxes);
        else throw new CodedError('annotation-without-picture', { file: file.path, picture: annotation.picture });
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        used.add(file.path);
        context.leaveOut({ file: file.path }, error);
      }
    }
    return boxes.size === 0 ? null : readAnnotated(tree, name, { boxes, used }, target, context);
  },
};

function isXml({ path }: TreeFile): boolean {
  return /\.xml$/i.test(path);
}

interface Annotation {
  picture: string;
  readonly boxes: GivenBox[];
}

const SIDES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/**
 * @returns null for XML that is no annotation. Entities of a document's own are never looked up.
 * @throws CodedError `annotation-damaged`
 */
export function parseVoc(text: string, file: string): Annotation | null {
  const annotation: Annotation = { picture: '', boxes: [] };
  const path: string[] = [];
  let root: string | null = null;
  let values = new Map<string, string>();
  let fault: string | null = null;
  const parser = new Parser();
  parser.on('openTag', (element) => {
    root ??= element;
    path.push(element);
    if (path.join('/') === 'annotation/object') values = new Map();
  });
  const onText = (value: string) => {
    const [, parent, ...rest] = path;
    if (parent === 'filename' && rest.length === 0) annotation.picture += value.trim();
    if (parent === 'object') values.set(rest.join('/'), (values.get(rest.join('/')) ?? '') + value.trim());
  };
  parser.on('text', (value, decode) => onText(decode(value)));
  parser.on('cdata', onText);
  parser.on('closeTag', () => {
    if (path.join('/') === 'annotation/object') {
      const [left = NaN, top = NaN, right = NaN, bottom = NaN] = SIDES.map((side) =>
        Number(values.get(`bndbox/${side}`)),
      );
      if ([left, top, right, bottom].every(Number.isFinite)) {
        annotation.boxes.push({
          label: values.get('name') ?? '',
          left,
          top,
          width: right - left,
          height: bottom - top,
        });
      } else fault ??= `object ${annotation.boxes.length + 1} has no four sides`;
    }
    path.pop();
  });
  parser.on('error', (error) => {
    fault ??= error.message;
  });
  parser.parse(text);
  if (root !== null && root !== 'annotation') return null;
  if (fault !== null || path.length > 0)
    throw new CodedError('annotation-damaged', { file, reason: fault ?? 'cut off' });
  return root === null ? null : annotation;
}
