/** What is wrong with a query, where, and what would fit there. */
import type { Text, TextParameters } from '../../contract';
import { fill, type Locale } from '../../contract';

const words = {
  'field-unknown': {
    en: '“{name}” is no setting, metric or fact of these runs.',
    zh: '“{name}” 不是这些运行的设置、指标或属性。',
  },
  'value-missing': { en: 'What “{name}” is compared with is missing.', zh: '缺少与“{name}”比较的值。' },
  'value-number': {
    en: '“{name}” is compared with a number; “{value}” is none.',
    zh: '“{name}”须与数字比较；“{value}”不是数字。',
  },
  'value-duration': {
    en: '“{name}” is compared with a length of time such as 90s, 5m or 2h; “{value}” is none.',
    zh: '“{name}”须与时长比较，如 90s、5m 或 2h；“{value}”不是时长。',
  },
  'value-time': {
    en: '“{name}” is compared with a day such as 2026-01-31, or 7d for seven days ago; “{value}” is none.',
    zh: '“{name}”须与日期比较，如 2026-01-31，或用 7d 表示七天前；“{value}”不是日期。',
  },
  'value-toggle': {
    en: '“{name}” is yes or no; “{value}” is neither.',
    zh: '“{name}”只能是 yes 或 no；“{value}”两者都不是。',
  },
  'value-choice': { en: '“{name}” is never “{value}”.', zh: '“{name}”不会是“{value}”。' },
  'sign-unfit': { en: '“{sign}” says nothing of “{name}”.', zh: '“{sign}”不能用于“{name}”。' },
  'condition-missing': { en: 'A condition is missing here.', zh: '此处缺少条件。' },
  'bracket-missing': { en: 'This bracket is not closed.', zh: '此括号没有闭合。' },
  'bracket-spare': { en: 'This bracket closes nothing.', zh: '此括号没有对应的左括号。' },
  'quote-missing': { en: 'This quotation mark is not closed.', zh: '此引号没有闭合。' },
} as const satisfies Record<string, Text>;

export interface QueryProblem {
  readonly code: keyof typeof words;
  readonly parameters: TextParameters;
  /** Place in the query; it may be empty at the end. */
  readonly from: number;
  readonly to: number;
  /** What would fit in that place, the likeliest first. */
  readonly suggestions: readonly string[];
}

export function describeQueryProblem({ code, parameters }: QueryProblem, locale: Locale): string {
  return fill(words[code], locale, parameters);
}

/** Thrown and caught inside the reading of a query. */
export class QueryError extends Error {
  constructor(readonly problem: QueryProblem) {
    super(problem.code);
  }
}
