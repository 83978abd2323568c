/** Errors of looking at data: originals that are not there, columns that cannot be drawn or ordered. */
import type { ErrorWords } from '../errors';

export const seeErrors = {
  'original-missing': {
    message: {
      en: '“{dataset}” came without picture files: there is only what the network sees.',
      zh: '“{dataset}”导入时没有图片文件，只有网络所见的像素。',
    },
    hint: {
      en: 'Import the pictures as files or a zip to keep the originals.',
      zh: '若要保留原图，请以图片文件或 zip 的形式导入。',
    },
  },
  'original-damaged': {
    message: {
      en: 'The file of row {row} of “{dataset}” is no picture that can be shown.',
      zh: '“{dataset}”第 {row} 行的文件不是可以显示的图片。',
    },
    hint: { en: 'Import it again from the original file.', zh: '请用原始文件重新导入。' },
  },
  'column-without-numbers': {
    message: { en: 'The column “{column}” holds no numbers to draw.', zh: '列“{column}”中没有可以绘制的数值。' },
    hint: { en: 'Choose a column of numbers.', zh: '请选择一个数值列。' },
  },
} as const satisfies Record<string, ErrorWords>;
