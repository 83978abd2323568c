/** Pictures of which nothing is known yet. */
import type { FindingDefinition } from '../definitions';
import { count } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'pictures',
  label: { en: 'Pictures without classes', zh: '没有类别的图片' },
  help: { en: 'Pictures of which nothing says what they show.', zh: '没有说明内容的图片。' },
  rank: 40,
  possible: (columns) => columns.some(({ type }) => type === 'image'),
  likely: (columns) => columns.some(({ type }) => type === 'image'),
  sentence: ({ rowCount }) => ({
    en: `${count(rowCount)} pictures without classes. Label them, or import them in one folder per class, to have them told apart; those that are unlike the others can be found as they are.`,
    zh: `${count(rowCount)} 张没有类别的图片。要区分它们，可添加标签或按类别分文件夹导入；与众不同的图片现在就可以找出来。`,
  }),
  tasks: [{ id: 'image-anomaly', label: { en: 'Find unusual pictures', zh: '找出异常图片' } }],
};
