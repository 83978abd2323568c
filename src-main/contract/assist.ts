/**
 * Help with labels: what a model proposes for the rows that have none, how often it was right about rows that have one, and
 * how far two people's labels agree. All of it is derived and lies beside the version's rows; labels themselves are edits.
 */
import { z } from 'zod';
import { MOST_EDITED_ROWS, type AddedType, type Edit } from './edits';
import { columnTypeSchema } from './data';

/** So many classes need so many labels each before a model can learn from them. */
export const LEAST_LABELS = { classes: 2, each: 5 } as const;

/** So many pictures must have been looked at, with so many boxes in them, before a model can learn to find boxes. */
export const LEAST_BOXES = { pictures: 10, boxes: 10 } as const;

/** Overlaps (intersection over union) from which on a box is the right one, and from which on it needs no correction. */
export const BOX_OVERLAPS = { right: 0.5, close: 0.7 } as const;

const columnInput = z.object({ versionId: z.string(), column: z.string().min(1).max(1000) });

/**
 * Input of the job `propose-labels`: `runId` names a trained run to ask; null trains a quick model on the labels so far.
 */
export const proposeInputSchema = columnInput.extend({ runId: z.string().nullable() });
export type ProposeInput = z.infer<typeof proposeInputSchema>;

/** Of what is proposed: how many, how many of those are right, and how many there are to find. */
const hitsSchema = z.object({ proposed: z.number().int(), right: z.number().int(), there: z.number().int() });
export type Hits = z.infer<typeof hitsSchema>;

/** Right are those of the class and with an overlap of `BOX_OVERLAPS.right`. */
const boxHitsSchema = hitsSchema.extend({
  /** Of those that are right, how many need no correction: an overlap of `BOX_OVERLAPS.close`. */
  close: z.number().int(),
  /** Pictures that were counted. */
  pictures: z.number().int(),
  /** Mean over the classes of average precision at `BOX_OVERLAPS.right`; null where no box is there. */
  averagePrecision: z.number().nullable(),
});
export type BoxHits = z.infer<typeof boxHitsSchema>;

export const proposalFactsSchema = z.object({
  v: z.literal(1),
  versionId: z.string(),
  column: z.string(),
  /** Who proposes: a run by its name, or a quick model of what kind. */
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('run'), runId: z.string(), name: z.string() }),
    z.object({ kind: z.literal('network') }),
    z.object({ kind: z.literal('words') }),
    /** Words that were marked in other texts. */
    z.object({ kind: z.literal('marks') }),
  ]),
  createdAt: z.number(),
  seconds: z.number(),
  /** Rows with a label that it could learn from. */
  labelled: z.number().int(),
  /** Cells of the column that edits had set when it was made: how many came since is the difference. */
  editedCells: z.number().int(),
  /** Answers that occur; `codes` point into it. */
  labels: z.array(z.string()),
  /**
   * Spans only: of marks in texts that somebody looked at, each text as if nobody had, how many would have been proposed, how
   * many of those stand there in place and class, and how many stand there.
   */
  marks: hitsSchema.optional(),
  /** Lists of classes only: the same of single classes of rows with a label, by models that had not seen the row. */
  ticks: hitsSchema.optional(),
  /** Boxes only: of pictures that somebody looked at, by models that had not seen the picture. */
  boxes: boxHitsSchema.optional(),
  /** Boxes only: how sure it is of each box of each answer in `labels`, 0 to 1. */
  sureness: z.array(z.array(z.number())).optional(),
});

/**
 * Proposals for the rows without a label, the one that should be labelled first in front; and for the rows that have one and that
 * the model had not learnt from, how sure it was and whether it was right.
 */
export const proposalsSchema = proposalFactsSchema.extend({
  rows: z.instanceof(Int32Array),
  codes: z.instanceof(Int32Array),
  /** 0 to 1 of the proposed answer; NaN where the model does not say, as of a number. */
  confidence: z.instanceof(Float32Array),
  judgedConfidence: z.instanceof(Float32Array),
  /** 1 where it was right. */
  judgedRight: z.instanceof(Uint8Array),
});
export type Proposals = z.infer<typeof proposalsSchema>;

export const proposeResultSchema = z.object({ proposed: z.number().int() });

/** Input of the job `replay-labels`: what least-sure order would have saved on the labels so far. */
export const replayInputSchema = columnInput.extend({
  seeds: z.array(z.number().int()).min(1).max(20),
  /** Labels at most; those that there are where it is null. */
  most: z.number().int().min(20).nullable(),
});
export type ReplayInput = z.infer<typeof replayInputSchema>;

const orderCurveSchema = z.object({
  /** Share of held-out rows that were right, by seed and then by place in `counts`. */
  accuracy: z.array(z.array(z.number())),
  /** Labels until the goal was reached and kept to by the mean over the seeds, between two counts by a straight line; null where never. */
  needed: z.number().nullable(),
});
export const replaySchema = z.object({
  v: z.literal(1),
  versionId: z.string(),
  column: z.string(),
  createdAt: z.number(),
  /** Rows that were held out to measure. */
  heldOut: z.number().int(),
  counts: z.array(z.number().int()),
  /** Accuracy with all labels of the pool, mean over the seeds. */
  full: z.number(),
  /** What random order reached at its end, mean over the seeds. */
  goal: z.number(),
  random: orderCurveSchema,
  leastSure: orderCurveSchema,
});
export type Replay = z.infer<typeof replaySchema>;

/** Rows that two files or columns of labels are matched by, and the labels themselves. */
export const labellerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), path: z.string(), name: z.string() }),
  z.object({ kind: z.literal('column'), name: z.string() }),
]);
export type Labeller = z.infer<typeof labellerSchema>;

/** Input of the job `merge-labels`. */
export const mergeInputSchema = columnInput.extend({
  /** Type of the labels where the column is a new one. */
  type: columnTypeSchema,
  labellers: z.tuple([labellerSchema, labellerSchema]),
});
export type MergeInput = z.infer<typeof mergeInputSchema>;

const kappaSchema = z.object({
  rows: z.number().int(),
  /** Share of rows with the same answer. */
  observed: z.number(),
  /** Share that would agree by chance, each keeping to how often they give each class. */
  expected: z.number(),
  /** Null where both gave one and the same class throughout, so that chance explains everything. */
  kappa: z.number().nullable(),
  /** Standard error of kappa for large samples. */
  standardError: z.number().nullable(),
});
export type Kappa = z.infer<typeof kappaSchema>;

export const agreementSchema = z.discriminatedUnion('kind', [
  /** `table[first][second]` counts by place in `classes`. */
  z.object({
    kind: z.literal('classes'),
    overall: kappaSchema,
    classes: z.array(z.string()),
    table: z.array(z.array(z.number().int())),
  }),
  z.object({
    kind: z.literal('labels'),
    perClass: z.array(z.object({ label: z.string(), agreement: kappaSchema })),
    mean: z.number().nullable(),
  }),
  /** Boxes of one name that overlap by half or more (intersection over union) are the same. */
  z.object({
    kind: z.literal('boxes'),
    matched: z.number().int(),
    first: z.number().int(),
    second: z.number().int(),
    f1: z.number().nullable(),
  }),
  z.object({
    kind: z.literal('numbers'),
    correlation: z.number().nullable(),
    meanDifference: z.number(),
    deviation: z.number(),
  }),
  z.object({ kind: z.literal('texts') }),
]);
export type Agreement = z.infer<typeof agreementSchema>;

const matchSchema = z.object({
  name: z.string(),
  /** What its rows were found by: a column's name, or `row` for numbers of rows. */
  key: z.string(),
  labelColumn: z.string(),
  labelled: z.number().int(),
  /** Rows of the file with a label whose key no row of the data has; the first ones by their key. */
  unmatched: z.number().int(),
  examples: z.array(z.string()),
  /** Rows of the file whose key came before: the first answer counts. */
  repeated: z.number().int(),
});

export const mergeSchema = z.object({
  v: z.literal(1),
  versionId: z.string(),
  column: z.string(),
  type: columnTypeSchema,
  createdAt: z.number(),
  labellers: z.tuple([matchSchema, matchSchema]),
  /** Rows that both answered. */
  both: z.number().int(),
  /** Share of those with the same answer. */
  same: z.number(),
  agreement: agreementSchema,
  /** Agreed rows by answer; rows that one alone answered are no part of it. */
  agreed: z.array(z.object({ value: z.string(), rows: z.array(z.number().int()) })),
  /** Rows that one alone answered, by answer. */
  single: z.array(z.object({ value: z.string(), rows: z.array(z.number().int()) })),
  disputed: z.array(z.object({ row: z.number().int(), first: z.string(), second: z.string() })),
});
export type Merge = z.infer<typeof mergeSchema>;

export const mergeResultSchema = z.object({ both: z.number().int(), disputed: z.number().int() });
export type MergeResult = z.infer<typeof mergeResultSchema>;

/** A Wilson interval of 95 % for a share (Wilson, 1927). @returns null of nothing */
export function shareInterval(count: number, of: number): { low: number; high: number } | null {
  if (of === 0) return null;
  const z95 = 1.959964;
  const share = count / of;
  const scale = 1 + z95 ** 2 / of;
  const centre = (share + z95 ** 2 / (2 * of)) / scale;
  const half = (z95 / scale) * Math.sqrt((share * (1 - share)) / of + z95 ** 2 / (4 * of ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** What is known of proposals from some confidence on. */
export interface BulkFacts {
  /** Proposals that are so sure. */
  readonly rows: number[];
  /** Labelled rows that the model, not having seen them, was as sure of; and those it was wrong about. */
  readonly judged: number;
  readonly wrong: number;
}

/** @param least confidence, 0 to 1. @param isOpen whether a row still has no label. */
export function surerThan(proposals: Proposals, least: number, isOpen: (row: number) => boolean): BulkFacts {
  const rows: number[] = [];
  for (const [place, row] of proposals.rows.entries()) {
    if ((proposals.confidence[place] ?? 0) >= least && isOpen(row)) rows.push(row);
  }
  let [judged, wrong] = [0, 0];
  for (const [place, confidence] of proposals.judgedConfidence.entries()) {
    if (!(confidence >= least)) continue;
    judged += 1;
    if (proposals.judgedRight[place] === 0) wrong += 1;
  }
  return { rows, judged, wrong };
}

/** Some of the proposed rows by what is proposed for them. */
export function proposedAnswers(
  { rows, codes, labels }: Proposals,
  wanted: ReadonlySet<number>,
): Map<string, number[]> {
  const answers = new Map<string, number[]>();
  for (const [place, row] of rows.entries()) {
    const label = labels[codes[place] ?? -1];
    if (label === undefined || !wanted.has(row)) continue;
    const known = answers.get(label);
    if (known) known.push(row);
    else answers.set(label, [row]);
  }
  return answers;
}

/**
 * Edits that give rows their answers, one per answer, in steps that a journal takes; the column comes first where it is new.
 * @param answers rows by answer. @param type of the column where it must be added, else null
 */
export function answerSteps(
  column: string,
  answers: Iterable<readonly [value: string, rows: readonly number[]]>,
  type: AddedType | null,
): Edit[][] {
  const edits: Edit[] = type ? [{ kind: 'add-column', column, type }] : [];
  for (const [value, rows] of answers) {
    for (let first = 0; first < rows.length; first += MOST_EDITED_ROWS) {
      edits.push({ kind: 'set', column, rows: rows.slice(first, first + MOST_EDITED_ROWS), value });
    }
  }
  const steps: Edit[][] = [];
  for (let first = 0; first < edits.length; first += MOST_STEP_EDITS) {
    steps.push(edits.slice(first, first + MOST_STEP_EDITS));
  }
  return steps;
}
const MOST_STEP_EDITS = 2000;

/** The answers of a merge that may be taken: those of rows on which both agree, or of rows that one alone answered. */
export type MergePart = 'agreed' | 'single';

export function mergeAnswersOf(merge: Merge, part: MergePart): { count: number; answers: [string, number[]][] } {
  const answers = merge[part].map(({ value, rows }): [string, number[]] => [value, rows]);
  return { count: answers.reduce((sum, [, rows]) => sum + rows.length, 0), answers };
}

/** Words for κ by the convention of Landis and Koch (1977); the limits are a habit, no law. */
export type KappaRange = 'poor' | 'slight' | 'fair' | 'moderate' | 'substantial' | 'almost perfect';
export function kappaRange(kappa: number): KappaRange {
  if (kappa < 0) return 'poor';
  if (kappa <= 0.2) return 'slight';
  if (kappa <= 0.4) return 'fair';
  if (kappa <= 0.6) return 'moderate';
  return kappa <= 0.8 ? 'substantial' : 'almost perfect';
}
