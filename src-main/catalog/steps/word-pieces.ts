/** Texts as codes of the word pieces that MiniLM was trained on: nothing is learnt but how many most texts have. */
import { z } from 'zod';
import { integer } from '../fields';
import { defineStep } from '../step-definitions';
import { fittingLength, numbersOfTexts } from '../step-values';
import { pieces, wordPieces } from '../word-pieces';

/** Where the length is to be found: so large a share of the training texts fits in whole, up to so many pieces. */
const FITTING_SHARE = 0.99;
const LONGEST_FOUND = 128;
/** It is rounded up to a multiple of this, so that other training rows hardly ever ask for other features. */
const ROUNDED_TO = 16;

const fittedSchema = z.object({
  /** Pieces kept of each text, those for its beginning and end among them. */
  length: z.number().int(),
});

export const definition = defineStep({
  id: 'word-pieces',
  label: { en: 'Word pieces (MiniLM)', zh: '词片段（MiniLM）' },
  help: {
    en: 'Cuts text into the 30,522 pieces of English words that the pretrained MiniLM reads, without case and accents, and gives their codes in order. Of other languages it knows single letters and few characters; the rest becomes one code for “unknown”.',
    zh: '把文本切成预训练 MiniLM 所读的 30522 个英文词片段（忽略大小写和重音），按顺序给出编号。其他语言只认识单个字母和少数汉字，其余都成为同一个“未知”编号。',
  },
  takes: 'texts',
  gives: 'numbers',
  suits: ['text'],
  fields: {
    length: integer({
      label: { en: 'Length', zh: '长度' },
      help: {
        en: 'Pieces kept of each text; shorter texts end in 0. 0 finds it, a multiple of 16: 99 of 100 training texts fit, 128 pieces at most, as MiniLM learnt on texts of that length.',
        zh: '每段文本保留的片段数；较短的文本以 0 补齐。填 0 则自动确定（16 的倍数）：使 99% 的训练文本放得下，最多 128 个片段，因为 MiniLM 是在这样长的文本上学习的。',
      },
      default: 0,
      minimum: 0,
      maximum: 512,
    }),
  },
  fitted: fittedSchema,
  fit({ codes, names }, { length }) {
    if (length > 0) return { length: Math.max(2, length) };
    const rows = new Float64Array(names.length);
    for (const code of codes) if (code >= 0) rows[code] = (rows[code] ?? 0) + 1;
    const lengths = names.flatMap((name, code) => {
      const weight = rows[code] ?? 0;
      return weight > 0 ? [{ tokens: wordPieces(name, LONGEST_FOUND).length, rows: weight }] : [];
    });
    const fitting = fittingLength(lengths, FITTING_SHARE, LONGEST_FOUND);
    return { length: Math.ceil(fitting / ROUNDED_TO) * ROUNDED_TO };
  },
  apply: (values, { length }) =>
    numbersOfTexts(values, length, (text, into) => into.set(wordPieces(text, into.length)), 0),
  learnt: ({ length }) => ({ en: `${length} pieces`, zh: `${length} 个片段` }),
  codes: () => pieces.length,
  codeName: (_fitted, code) => pieces[code] ?? '',
});
