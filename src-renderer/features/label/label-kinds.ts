/**
 * The ways to label a row, found by globbing: a new one is `kinds/<Name>.svelte`, an editor of one cell, which says in its
 * module script for which columns it is. The Label tab puts the sample, the queue and the journal around it.
 */
import type { Component } from 'svelte';
import type { AddedType, Column, DatasetVersion, Row } from '../../../src-main/contract';

/** A column that is labelled; one that was added and is in no version yet has only these. */
export type LabelColumn = Pick<Column, 'name' | 'type' | 'of'>;

export interface LabelKind {
  readonly id: string;
  /** In the list of what can be labelled: classes 10, several classes 20, boxes 30, spans 40, transcripts 50, numbers 60. */
  readonly order: number;
  /** What a new column of it is called and is for, in one sentence. */
  name(): string;
  about(): string;
  /** The type of a new column. */
  readonly type: AddedType;
  /** Whether it edits a column, or could edit a new one, of this version. */
  fits(version: DatasetVersion, column: LabelColumn | null): boolean;
  /** The editor shows the sample itself (boxes over the picture, spans in the text). */
  readonly showsSample?: boolean;
  /** One key is a whole answer: the next row comes by itself, unless the person switched that off. Else `next` always goes on. */
  readonly movesOn?: boolean;
  /** What the editor's own keys do, for the list of keys. */
  keys?(): readonly KeyHelp[];
}

export interface KeyHelp {
  /** As people read it: `Enter`, `Ctrl+Enter`, `1 … 9`. */
  readonly key: string;
  readonly does: string;
}

/** What a model thinks a cell should be, or what another labeller said. */
export interface Proposal {
  /** As the cell would hold it. */
  readonly value: string;
  /** 0 to 1; null where nobody says. */
  readonly confidence: number | null;
  /** Whose it is, in words. */
  readonly from: string;
  /**
   * How sure of each entry of a list that `value` is, 0 to 1: the editor has them taken one by one, and shows itself what is proposed.
   */
  readonly parts?: readonly number[] | undefined;
}

export interface LabelEditorProps {
  readonly version: DatasetVersion;
  readonly column: LabelColumn;
  readonly row: Row;
  /** The cell as it stands with all edits; null where nobody has looked. */
  readonly value: string | null;
  /** Classes known of the column, in the order of their keys 1–9. */
  readonly classes: readonly string[];
  readonly proposal: Proposal | null;
  /** Journals the cell's new value; resolves when it is on disk, and only then `value` changes. */
  readonly set: (value: string | null) => Promise<boolean>;
  /**
   * Journals a row's cell while it is typed, in the order of calls; with `continues` in the place of what was journaled for it
   * just before, so that both are one step of undo.
   */
  readonly type: (row: number, value: string | null, continues: boolean) => Promise<boolean>;
  /** Makes a class known, so that it has a key from now on; with a `set` that follows at once it is one step of undo. */
  readonly addClass: (label: string) => void;
  /** On to the next row of the queue: kinds with one answer a row call it after `set`. */
  readonly next: () => void;
}

export interface LabelEditor {
  /** Keys pressed outside of text inputs come here first; it answers whether it took one. What it leaves is the tab's. */
  onkey?(event: KeyboardEvent): boolean;
}

export type LabelKindView = Component<LabelEditorProps, LabelEditor>;

const modules = import.meta.glob<{ readonly kind: LabelKind; readonly default: LabelKindView }>('./kinds/*.svelte', {
  eager: true,
});

export const labelKinds = Object.values(modules).sort((one, other) => one.kind.order - other.kind.order);
