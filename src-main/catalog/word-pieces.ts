/**
 * Texts as pieces of words, as BERT's uncased models were trained on them (Devlin et al. 2018; the vocabulary is
 * bert-base-uncased's): cleaned, without accents and case, cut at spaces and signs, each word into the longest pieces known.
 */
import list from '../../resources/models/minilm-l6/vocabulary.txt?raw';

/** By code. */
export const pieces: readonly string[] = list.trimEnd().split('\n');
const codes: ReadonlyMap<string, number> = new Map(pieces.map((piece, code) => [piece, code]));

const UNKNOWN = codes.get('[UNK]') ?? 0;
const FIRST = codes.get('[CLS]') ?? 0;
const LAST = codes.get('[SEP]') ?? 0;

/** Characters; longer words are unknown. */
const LONGEST_WORD = 100;

/** Control and format characters but spaces, and what stands for a character that was lost. */
const unseen = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu;
/** The blocks of Chinese characters: each is a word by itself. Japanese and Korean letters are not among them. */
const chinese =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
/** A sign by itself (of ASCII all that is no letter or digit, else punctuation), or a run of anything else but spaces. */
const wordOrSign = /[!-/:-@[-`{-~\p{P}]|[^\s!-/:-@[-`{-~\p{P}]+/gu;

/** Words and signs in small letters without accents. */
function wordsOf(text: string): string[] {
  const spaced = text.replace(unseen, '').replace(chinese, ' $& ');
  const plain = spaced.normalize('NFD').replace(/\p{Mn}/gu, '');
  // Letter by letter: a whole word's last sigma would become another letter.
  const lower = Array.from(plain, (letter) => letter.toLowerCase()).join('');
  return lower.match(wordOrSign) ?? [];
}

/** The codes of a word: of the longest piece that it begins with, then of the rest, where pieces begin with ##. */
function codesOfWord(word: string): number[] {
  if (Array.from(word).length > LONGEST_WORD) return [UNKNOWN];
  const found: number[] = [];
  for (let from = 0; from < word.length;) {
    const prefix = from === 0 ? '' : '##';
    let to = word.length;
    while (to > from && !codes.has(prefix + word.slice(from, to))) to -= 1;
    if (to === from) return [UNKNOWN];
    found.push(codes.get(prefix + word.slice(from, to)) ?? UNKNOWN);
    from = to;
  }
  return found;
}

/**
 * The codes of a text between those that say where it begins and ends. What reads like such a mark ("[SEP]") is text.
 * @param most codes, at least 2: the text is cut behind the last piece for which there is room.
 */
export function wordPieces(text: string, most: number): number[] {
  const found = [FIRST];
  for (const word of wordsOf(text)) {
    for (const code of codesOfWord(word)) {
      if (found.length >= most - 1) return [...found, LAST];
      found.push(code);
    }
  }
  return [...found, LAST];
}
