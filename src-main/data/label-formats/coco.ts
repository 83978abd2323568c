/**
 * COCO: one JSON file with pictures, classes and boxes in pixels (https://cocodataset.org/#format-data). A picture that nobody
 * looked at is not listed.
 */
import { inPixels, type LabelData, type LabelFormat } from '../label-format';

export const definition: LabelFormat = {
  id: 'coco',
  order: 30,
  label: { en: 'COCO', zh: 'COCO' },
  about: {
    en: 'One JSON file for all pictures. Read by most libraries that train detectors.',
    zh: '所有图片共用一个 JSON 文件，大多数训练检测模型的库都能读取。',
  },
  extension: null,
  isOfBoxes: true,
  write: (data, writer) => writer.pieces('annotations.json', json(data)),
};

/** Written piece by piece: a million boxes are more than one string should hold. */
function* json({ dataset, classes, pictures, hasPictures }: LabelData): Generator<string> {
  const ids = new Map(classes.map((name, place) => [name, place + 1]));
  const listed = pictures.filter(({ boxes }) => boxes !== null);
  const folder = hasPictures ? 'images/' : '';
  yield `{"info":${JSON.stringify({ description: dataset })},"licenses":[],\n`;
  yield `"categories":${JSON.stringify(classes.map((name, place) => ({ id: place + 1, name, supercategory: '' })))},\n`;
  yield '"images":[';
  for (const [place, { row, path, width, height }] of listed.entries()) {
    yield `${place > 0 ? ',' : ''}\n${JSON.stringify({ id: row + 1, file_name: folder + path, width, height })}`;
  }
  yield '],\n"annotations":[';
  let id = 0;
  for (const picture of listed) {
    for (const box of picture.boxes ?? []) {
      id += 1;
      const { left, top, width, height } = inPixels(box, picture);
      const bbox = [left, top, width, height].map(rounded);
      const annotation = { id, image_id: picture.row + 1, category_id: ids.get(box.label), bbox };
      const rest = { area: rounded(width * height), iscrowd: 0, segmentation: [] };
      yield `${id > 1 ? ',' : ''}\n${JSON.stringify({ ...annotation, ...rest })}`;
    }
  }
  yield ']}\n';
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
