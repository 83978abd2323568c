/** Pictures in which things are framed. */
import type { FindingDefinition } from '../definitions';
import { count } from '../finding-parts';

const hasBoxes: FindingDefinition['possible'] = (columns) => columns.some(({ type }) => type === 'boxes');

export const definition: FindingDefinition = {
  id: 'boxes',
  label: { en: 'Pictures with boxes', zh: '带标注框的图片' },
  help: {
    en: 'Pictures in which things are framed by boxes, each with its class.',
    zh: '图片中的物体以框标出，每个框有其类别。',
  },
  rank: 10,
  possible: hasBoxes,
  likely: hasBoxes,
  sentence: ({ rowCount }) => ({
    en: `${count(rowCount)} pictures in which things are framed by boxes.`,
    zh: `${count(rowCount)} 张图片，其中的物体以框标出。`,
  }),
  tasks: [{ id: 'object-detection', label: { en: 'Find things in pictures', zh: '在图片中寻找物体' } }],
};
