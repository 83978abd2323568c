/** A query of runs cut into words, quoted texts, signs of comparison and brackets, each with its place. */

export type TokenKind = 'word' | 'quoted' | 'sign' | 'open' | 'close';
export interface Token {
  readonly kind: TokenKind;
  /** Without quotes. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** A quoted text whose end is missing. */
  readonly unended?: boolean;
}

export const signs = ['<=', '>=', '!=', '<', '>', '=', '~'] as const;
export type Sign = (typeof signs)[number];

/** Typed and pasted variants; full-width signs are what a Chinese keyboard gives. */
const variants: Readonly<Record<string, string>> = {
  '==': '=',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '＜': '<',
  '＞': '>',
  '＝': '=',
  '（': '(',
  '）': ')',
  '～': '~',
};
const pattern =
  /\s+|(?<sign><=|>=|!=|==|[<>=~≤≥≠＜＞＝～])|(?<bracket>[()（）])|"(?<double>[^"]*)(?<doubleEnd>"?)|'(?<single>[^']*)(?<singleEnd>'?)|(?<word>[^\s<>=~≤≥≠＜＞＝～()（）!]+|!)/gu;

export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  for (const match of query.matchAll(pattern)) {
    const { sign, bracket, double, doubleEnd, single, singleEnd, word } = match.groups ?? {};
    const place = { from: match.index, to: match.index + match[0].length };
    if (sign !== undefined) tokens.push({ kind: 'sign', text: variants[sign] ?? sign, ...place });
    else if (bracket !== undefined) {
      tokens.push({ kind: (variants[bracket] ?? bracket) === '(' ? 'open' : 'close', text: bracket, ...place });
    } else if (word !== undefined) tokens.push({ kind: 'word', text: word, ...place });
    else if (double !== undefined || single !== undefined) {
      const unended = (doubleEnd ?? singleEnd) === '';
      tokens.push({ kind: 'quoted', text: double ?? single ?? '', ...place, ...(unended && { unended }) });
    }
  }
  return tokens;
}

/** What joins conditions, in both languages. */
const joints: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  and: 'and',
  or: 'or',
  not: 'not',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  且: 'and',
  或: 'or',
  非: 'not',
};

export function jointOf(token: Token | undefined): 'and' | 'or' | 'not' | null {
  if (token?.kind !== 'word') return null;
  const word = token.text.toLowerCase();
  return Object.hasOwn(joints, word) ? (joints[word] ?? null) : null;
}
