/**
 * The orders in which rows come to be labelled, found by globbing: a new one is `queues/<name>.ts`, such as rows without a
 * label, those a model is least sure of, those on which two people disagree.
 */
import type { DatasetVersion } from '../../../src-main/contract';
import type { LabelColumn, Proposal } from './label-kinds';

/** Rows in the order of a queue. Positions do not change while it is open: a labelled row stays where it is. */
export interface OpenQueue {
  /** Null until known. */
  readonly total: number | null;
  readonly error: unknown;
  /** The row's index in the version at a position; null until it is known. */
  index(position: number): number | null;
  /** Asks for the positions from `first` up to `end`. */
  want(first: number, end: number): void;
  /** What is proposed for a row; null for nothing, or not yet. */
  proposal?(index: number): Proposal | null;
  /** What else is proposed, where two disagree. */
  other?(index: number): Proposal | null;
  end(): void;
}

export interface LabelQueue {
  readonly id: string;
  /** Without a label 10, all 20, least sure 30, disagreements 40. */
  readonly order: number;
  name(): string;
  about(): string;
  /** Why it can't be used now, in words with the way out; null where it can. Read in an effect, so that it may follow state. */
  unavailable(version: DatasetVersion, column: LabelColumn): string | null;
  open(version: DatasetVersion, column: LabelColumn): OpenQueue;
}

const modules = import.meta.glob<{ readonly queue: LabelQueue }>('./queues/*.{ts,svelte.ts}', { eager: true });

export const labelQueues = Object.values(modules)
  .map(({ queue }) => queue)
  .sort((one, other) => one.order - other.order);
