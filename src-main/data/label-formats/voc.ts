/**
 * Pascal VOC: an XML file per picture, its boxes in whole pixels (http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/). A
 * picture that nobody looked at has no file.
 */
import type { Box } from '../../contract';
import { inPixels, withoutExtension, type LabelFormat, type LabelledPicture } from '../label-format';

export const definition: LabelFormat = {
  id: 'voc',
  order: 20,
  label: { en: 'Pascal VOC', zh: 'Pascal VOC' },
  about: {
    en: 'An XML file per picture. Read by most tools that draw boxes.',
    zh: '每张图片一个 XML 文件，大多数画框工具都能读取。',
  },
  extension: null,
  isOfBoxes: true,
  async write({ pictures }, writer) {
    const named = new Map<string, number>();
    for (const { path } of pictures) named.set(fileName(path), (named.get(fileName(path)) ?? 0) + 1);
    for (const picture of pictures) {
      if (!picture.boxes) continue;
      // A name that two pictures have means neither: then the path tells them apart.
      const isAlone = named.get(fileName(picture.path)) === 1;
      const name = isAlone ? fileName(picture.path) : `images/${picture.path}`;
      await writer.file(`annotations/${withoutExtension(picture.path)}.xml`, annotation(picture, picture.boxes, name));
    }
  },
};

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function annotation(picture: LabelledPicture, boxes: readonly Box[], name: string): string {
  const { path, width, height } = picture;
  return [
    '<annotation>',
    `  <folder>images</folder>`,
    `  <filename>${escaped(name)}</filename>`,
    `  <path>${escaped(`images/${path}`)}</path>`,
    '  <source><database>Unknown</database></source>',
    `  <size><width>${width}</width><height>${height}</height><depth>3</depth></size>`,
    '  <segmented>0</segmented>',
    ...boxes.map((box) => object(box, picture)),
    '</annotation>\n',
  ].join('\n');
}

function object(box: Box, picture: LabelledPicture): string {
  const { left, top, width, height } = inPixels(box, picture);
  const [xmin, xmax] = wholeSide(left, left + width, picture.width);
  const [ymin, ymax] = wholeSide(top, top + height, picture.height);
  return [
    '  <object>',
    `    <name>${escaped(box.label)}</name>`,
    '    <pose>Unspecified</pose>',
    '    <truncated>0</truncated>',
    '    <difficult>0</difficult>',
    `    <bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>`,
    '  </object>',
  ].join('\n');
}

/** Whole pixels, at least one. */
function wholeSide(from: number, to: number, most: number): [number, number] {
  const [first, last] = [Math.round(from), Math.round(to)];
  if (last > first) return [first, last];
  return first < most ? [first, first + 1] : [first - 1, first];
}

/** XML 1.0 has no control characters, escaped or not. */
function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
