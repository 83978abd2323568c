/** What saved models say of the same test rows: which is better and how surely, and where they disagree. */
import { z } from 'zod';
import { runSchema } from './runs';
import type { Text } from './text';

/** Runs that one comparison of test rows takes; the window asks for those whose curves it shows. */
export const mostTestedTogether = 16;

/** Classes of a confusion matrix that can still be read beside others. */
export const mostMatrixClasses = 30;

/** Why a run's test rows can't be held against the reference's. */
export const unfitReasonSchema = z.enum([
  'not-tested',
  /** Of anomalies: nobody has said which rows are anomalous. */
  'unknown-rows',
  /** Row numbers of another version may mean other rows. */
  'other-version',
  'other-target',
  /** Too few rows are test rows of all. */
  'few-rows',
  /** The same row numbers hold other actual values. */
  'other-values',
]);
export type UnfitReason = z.infer<typeof unfitReasonSchema>;

/** Said after the names of runs. */
export const unfitWords: Readonly<Record<UnfitReason, Text>> = {
  'not-tested': { en: 'not tested yet.', zh: '尚未测试。' },
  'unknown-rows': {
    en: 'nobody has said which of the test rows are anomalous.',
    zh: '没有人标明测试行中哪些是异常。',
  },
  'other-version': {
    en: 'tested on another version of the data, whose rows may be other ones.',
    zh: '在数据的另一个版本上测试，行可能不同。',
  },
  'other-target': { en: 'another target or other classes.', zh: '预测目标不同，或类别不同。' },
  'few-rows': {
    en: 'fewer than ten of the test rows are test rows of the others.',
    zh: '测试行中与其他运行共有的不足十行。',
  },
  'other-values': {
    en: 'the same test rows have other actual values there.',
    zh: '同样的测试行，真实值却不同。',
  },
};

/** Rows by which of two models answers them rightly, and McNemar's test of those that only one does. */
const agreementSchema = z.object({
  both: z.number().int(),
  onlyReference: z.number().int(),
  onlyOther: z.number().int(),
  neither: z.number().int(),
  exact: z.number(),
  midP: z.number(),
});

const pairSchema = z.object({
  runId: z.string(),
  /** Its score − the reference's, with the middle 95 % of what resamples gave; null ends where they have no score. */
  difference: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Two-sided, that there is no difference. */
  p: z.number().nullable(),
  /** After Holm, where several runs are held against the reference. */
  adjusted: z.number().nullable(),
  /** `tie`: the difference may well be chance. */
  verdict: z.enum(['better', 'worse', 'tie']),
  agreement: agreementSchema.nullable(),
});
export type ComparedPair = z.infer<typeof pairSchema>;

export const testComparisonSchema = z.object({
  /** Of the catalog; null where no run was tested. */
  score: z.string().nullable(),
  /** Those that can be asked for. */
  scores: z.array(z.string()),
  /** Against which the others are held: the first run that was tested. */
  reference: z.string().nullable(),
  /** Test rows that all have. */
  rows: z.number().int(),
  /** Whether some run has test rows that others have not, which are left out. */
  isPart: z.boolean(),
  /** Of forecasts, how many of the steps ahead are compared: those that all runs say, and that were kept of each. */
  steps: z.object({ compared: z.number().int(), of: z.number().int() }).nullable(),
  resamples: z.number().int(),
  seed: z.number().int(),
  runs: z.array(
    z.object({
      runId: z.string(),
      /** On the rows that all have. */
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** `confusion[actual][predicted]` of these rows; empty without classes or with more than `mostMatrixClasses`. */
      confusion: z.array(z.array(z.number().int())),
    }),
  ),
  classes: z.array(z.string()),
  pairs: z.array(pairSchema),
  unfit: z.array(z.object({ runId: z.string(), reason: unfitReasonSchema })),
});
export type TestComparison = z.infer<typeof testComparisonSchema>;

export const testComparisonInputSchema = z.object({
  /** The first that was tested is the reference. */
  runIds: z.array(z.string()).min(2).max(mostTestedTogether),
  /** Null for the one that decides for this kind of target. */
  score: z.string().nullable(),
});

/**
 * Rows on which answers are `apart`; rows that `all` or `none` answer rightly, or only `some`; with two runs, rows that only
 * the `first` or the `second` does, or with numbers those for which it is nearer.
 */
export const disagreementKinds = ['apart', 'all', 'some', 'none', 'first', 'second'] as const;
export type DisagreementKind = (typeof disagreementKinds)[number];

export const disagreementsInputSchema = z.object({
  runIds: z.array(z.string()).min(2).max(mostTestedTogether),
  /** Null for rows of any kind. */
  which: z.enum(disagreementKinds).nullable(),
  /** Only rows of one cell of a run's confusion matrix. */
  cell: z.object({ runId: z.string(), actual: z.number().int().min(0), predicted: z.number().int().min(0) }).nullable(),
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(200),
});
export type DisagreementsInput = z.infer<typeof disagreementsInputSchema>;

export const disagreementsSchema = z.object({
  /** Runs that have these rows, in the order asked; `answers` are theirs. */
  runIds: z.array(z.string()),
  total: z.number().int(),
  /** How many rows (of the cell) there are of each kind that can be told apart. */
  counts: z.partialRecord(z.enum(disagreementKinds), z.number().int()),
  /** The surest first, by the least sure of the runs; of numbers those furthest apart. */
  rows: z.array(
    z.object({
      /** In the dataset. */
      index: z.number().int(),
      actual: z.union([z.string(), z.number(), z.null()]),
      answers: z.array(
        z.object({
          predicted: z.union([z.string(), z.number()]),
          /** Probability of the answer; of anomalies the error; null for numbers. */
          sure: z.number().nullable(),
          /** Null where nobody knows. */
          isRight: z.boolean().nullable(),
        }),
      ),
    }),
  ),
});
export type Disagreements = z.infer<typeof disagreementsSchema>;

/** What a process that compares is asked. */
export const comparingQuestionSchema = z.union([
  z.object({ test: testComparisonInputSchema }),
  z.object({ disagreements: disagreementsInputSchema }),
]);

/** How many runs of one setup, the first one included, differ by their seed alone. */
export const repeatInputSchema = z.object({ runId: z.string(), seeds: z.number().int().min(2).max(50) });
export const repeatedSchema = z.array(runSchema);
