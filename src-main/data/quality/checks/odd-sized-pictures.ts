/** Pictures that came in another size or proportion than nearly all others, before they were made one size. */
import { readHeaderSizes } from '../picture-sizes';
import { counted, excludeFix, figure, type CheckDefinition } from '../check';

/** How many times narrower or wider than usual is odd. */
const MOST_PROPORTION = 1.6;
/** How many times fewer pixels a side than usual is odd. */
const MOST_SMALLER = 3;

export const definition: CheckDefinition = {
  id: 'odd-sized-pictures',
  label: { en: 'Odd-sized pictures', zh: '尺寸异常的图片' },
  help: {
    en: 'All pictures are brought to one size. One that was much smaller becomes soft, one of other proportions is cut or squeezed.',
    zh: '所有图片都会统一尺寸。原本小很多的图片会变得模糊，比例不同的会被裁剪或挤压。',
  },
  fits: (data) => data.pictureColumn?.column.image?.originals !== undefined,
  async run(data, watch) {
    const sizes = await readHeaderSizes(data, watch);
    const known = sizes.flatMap((size) => (size ? [size] : []));
    if (known.length === 0) return [];
    const area = median(known.map(({ width, height }) => width * height));
    const proportion = median(known.map(({ width, height }) => width / height));
    const rows = Array.from(sizes.keys()).filter((row) => {
      const size = sizes[row];
      if (!size) return false;
      const off = size.width / size.height / proportion;
      return Math.max(off, 1 / off) > MOST_PROPORTION || size.width * size.height < area / MOST_SMALLER ** 2;
    });
    // Where many are odd, none is.
    if (rows.length === 0 || rows.length > known.length * 0.2) return [];
    const usual = figure(Math.round(Math.sqrt(area * proportion)));
    const high = figure(Math.round(Math.sqrt(area / proportion)));
    return [
      {
        severity: 'note',
        sentence: {
          en: `${counted(rows.length, 'picture was', 'pictures were')} of a size or proportion far from the usual ${usual} × ${high}.`,
          zh: `${figure(rows.length)} 张图片的原始尺寸或比例与常见的 ${usual} × ${high} 相差很大。`,
        },
        columns: [data.pictureColumn?.name ?? ''],
        rows,
        fixes: [excludeFix(rows, 'odd-sized-pictures')],
      },
    ];
  },
};

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[values.length >> 1] ?? 0;
}
