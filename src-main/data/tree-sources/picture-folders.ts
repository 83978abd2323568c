/** Pictures in folders: the folder is the class, folders that name a part of the split are the split. */
import { CodedError } from '../../contract';
import { developPictures, writePictureRows } from '../picture-rows';
import { classOf, isPicture } from '../tree-paths';
import type { TreeSource } from '../tree-source';

export const definition: TreeSource = {
  id: 'picture-folders',
  label: { en: 'Pictures in folders', zh: '按文件夹分类的图片' },
  rank: 90,
  recognise: ({ files }) => files.some(({ path }) => isPicture(path)),
  async read(tree, name, target, context) {
    for (const { path } of tree.files) {
      if (!isPicture(path)) context.leaveOut({ file: path }, new CodedError('file-of-other-kind', { file: path }));
    }
    const pictures = tree.files.filter(({ path }) => isPicture(path));
    const developed = await developPictures(pictures, name, target, context);
    const label = {
      column: { name: 'label', type: 'category', image: null },
      value: ({ path }: { path: string }) => classOf(path),
    } as const;
    return writePictureRows(developed, [label], target, context);
  },
};
