/** Pictures in which nothing can be seen: too dark, too bright, or one flat colour. */
import { counted, excludeFix, figure, type CheckDefinition, type Found } from '../check';

/** 99 % of the pixels are darker than this (of 255). */
const DARK = 40;
/** 99 % of the pixels are brighter than this. */
const BRIGHT = 235;

export const definition: CheckDefinition = {
  id: 'dark-pictures',
  label: { en: 'Dark, bleached or empty pictures', zh: '过暗、过曝或空白的图片' },
  help: {
    en: 'Where nearly all pixels are black, white or of one colour, there is nothing to learn from.',
    zh: '如果几乎所有像素都是黑色、白色或同一颜色，就没有可学习的内容。',
  },
  fits: (data) => data.pictureColumn !== null,
  async run(data, watch) {
    const facts = await data.pictures(watch);
    if (!facts) return [];
    const [empty, dark, bright]: [number[], number[], number[]] = [[], [], []];
    for (const [row, present] of facts.present.entries()) {
      if (present !== 1) continue;
      if (Number.isNaN(facts.sharpness[row])) empty.push(row);
      else if ((facts.brightest[row] ?? 255) < DARK) dark.push(row);
      else if ((facts.darkest[row] ?? 0) > BRIGHT) bright.push(row);
    }
    const column = data.pictureColumn?.name ?? '';
    const found = (rows: number[], en: readonly [string, string], zh: string): Found[] =>
      rows.length === 0
        ? []
        : [
            {
              severity: 'attention',
              sentence: { en: `${counted(rows.length, ...en)}.`, zh: `${figure(rows.length)} 张图片${zh}。` },
              columns: [column],
              rows,
              fixes: [excludeFix(rows, 'dark-pictures')],
            },
          ];
    return [
      ...found(empty, ['picture is of one flat colour', 'pictures are of one flat colour'], '只有单一颜色'),
      ...found(dark, ['picture is almost black', 'pictures are almost black'], '几乎全黑'),
      ...found(bright, ['picture is almost white', 'pictures are almost white'], '几乎全白'),
    ];
  },
};
