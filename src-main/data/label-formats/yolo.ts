/**
 * YOLO: a text file per picture, a line per box: class number, then centre and size in shares
 * (https://docs.ultralytics.com/datasets/detect/), with the names of the classes beside them. A picture that nobody looked at has
 * no file.
 */
import type { Box } from '../../contract';
import { withoutExtension, type LabelFormat } from '../label-format';

export const definition: LabelFormat = {
  id: 'yolo',
  order: 40,
  label: { en: 'YOLO', zh: 'YOLO' },
  about: {
    en: 'A text file per picture and a list of classes. Read by the YOLO family of detectors.',
    zh: '每张图片一个文本文件，另有类别列表，供 YOLO 系列检测模型读取。',
  },
  extension: null,
  isOfBoxes: true,
  async write({ pictures, classes }, writer) {
    const numbers = new Map(classes.map((name, place) => [name, place]));
    // A line per name, so that a name has none within.
    await writer.file('classes.txt', classes.map((name) => `${name.replace(/\s+/g, ' ')}\n`).join(''));
    const names = classes.map((name, place) => `  ${place}: ${JSON.stringify(name)}\n`).join('');
    await writer.file(
      'data.yaml',
      `path: .\ntrain: images\nval: images\nnames:${names === '' ? ' {}\n' : `\n${names}`}`,
    );
    for (const { path, boxes } of pictures) {
      if (!boxes) continue;
      const lines = boxes.map((box) => `${numbers.get(box.label)} ${shares(box).join(' ')}\n`);
      await writer.file(`labels/${withoutExtension(path)}.txt`, lines.join(''));
    }
  },
};

function shares({ x, y, width, height }: Box): string[] {
  return [x + width / 2, y + height / 2, width, height].map((share) => share.toFixed(6));
}
