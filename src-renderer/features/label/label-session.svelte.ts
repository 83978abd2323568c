/**
 * A person at work on one column: the queue with the place in it, what the next rows need fetched ahead, and the cell at
 * hand, which is journaled before it shows.
 */
import { untrack } from 'svelte';
import type { Column, DatasetVersion, Edit, Row } from '../../../src-main/contract';
import { m } from '../../i18n';
import { dataEdits } from '../../state/data-edits.svelte';
import { client } from '../../ipc/client';
import { PictureSource } from '../data/picture-source.svelte';
import { player } from '../data/sound/player.svelte';
import { WaveformSource } from '../data/sound/waveform-source.svelte';
import type { LabelColumn } from './label-kinds';
import type { LabelQueue, OpenQueue } from './label-queues';
import { LabelProgress } from './label-progress.svelte';
import { LabelRows } from './label-rows.svelte';

/** Rows after the one at hand whose pictures, sounds and texts are fetched ahead. */
const ahead = 12;
/** Rows before it that stay at hand, for a look back. */
const behind = 4;
/** Rows around whose edits are known. */
const edited = 40;
/** Sounds are longer to fetch than pictures, and are played one by one. */
const soundsAhead = 4;

export class LabelSession {
  readonly column: LabelColumn;
  readonly progress: LabelProgress;
  readonly queue: OpenQueue;
  readonly rows: LabelRows;
  readonly pictures: PictureSource | null;
  readonly picture: Column | null;
  readonly sounds: WaveformSource | null;
  readonly sound: Column | null;
  readonly #version: DatasetVersion;
  readonly #place: number;
  #position = $state(0);
  #setting = $state(0);
  /** Positions in the order in which they were labelled, to go back to with undo. */
  #labelled: readonly number[] = [];
  #steps: number | null = null;

  constructor(version: DatasetVersion, column: LabelColumn, queue: LabelQueue) {
    this.#version = version;
    this.column = column;
    this.#place = version.columns.findIndex(({ name }) => name === column.name);
    this.progress = new LabelProgress(version.id, column);
    this.queue = queue.open(version, column);
    this.rows = new LabelRows(version.id);
    this.picture = version.columns.find(({ image }) => image !== null) ?? null;
    this.sound = version.columns.find(({ audio }) => audio !== undefined) ?? null;
    const { picture, sound } = this;
    this.pictures = picture?.image ? new PictureSource(version.id, picture.name, picture.image) : null;
    this.sounds = sound ? new WaveformSource(version.id, sound.name) : null;
  }

  /** From 0; the queue's length where all of it was gone through. */
  get position(): number {
    return this.#position;
  }
  get index(): number | null {
    return this.queue.index(this.#position);
  }
  get row(): Row | null {
    const { index } = this;
    return index === null ? null : this.rows.at(index);
  }
  /** A label is on its way to the disk. */
  get busy(): boolean {
    return this.#setting > 0;
  }
  get error(): unknown {
    return this.queue.error ?? this.rows.error ?? this.progress.error;
  }
  get isDone(): boolean {
    return this.queue.total !== null && this.#position >= this.queue.total;
  }

  /** A row's cell with its edits; null where it is empty. */
  valueAt(index: number): string | null {
    const changed = dataEdits.row(index)?.values[this.column.name];
    if (changed !== undefined) return changed;
    const value = this.rows.at(index)?.values[this.#place] ?? null;
    return value === null ? null : String(value);
  }
  get value(): string | null {
    const { index } = this;
    return index === null ? null : this.valueAt(index);
  }

  /** The row's index at a position of the queue, if it is known. */
  at(position: number): number | null {
    return position < 0 ? null : this.queue.index(position);
  }

  go(steps: number): void {
    this.goTo(this.#position + steps);
  }

  goTo(position: number): void {
    const { total } = this.queue;
    if (total !== null) this.#position = Math.max(0, Math.min(total, position));
  }

  /** Fetches what the row at hand and those around it need. To be called in an effect: it follows the place and the queue. */
  prepare(): void {
    const from = this.#position;
    untrack(() => this.queue.want(Math.max(0, from - edited), from + ahead));
    const around = (before: number, after: number) => {
      const places = Array.from({ length: before + after + 1 }, (_, at) => from - before + at);
      return places.map((place) => this.at(place)).filter((index) => index !== null);
    };
    // The one at hand first, then what follows, then what was before.
    const near = [...around(0, ahead), ...around(behind, -1)];
    const [far, heard] = [around(edited, edited), around(0, soundsAhead)];
    untrack(() => {
      this.rows.want(near);
      this.pictures?.want(near);
      this.sounds?.want(near);
      if (this.sound) player.prepare(this.#version.id, this.sound.name, heard);
      void dataEdits.want(far);
    });
  }

  /** Reads the counts again where edits came or went that were not made here. To be called in an effect. */
  follow(): void {
    const steps = dataEdits.pending?.steps ?? null;
    if (this.busy || steps === this.#steps) return;
    this.#steps = steps;
    untrack(() => void this.progress.reload());
  }

  /** Journals the value of the cell at hand; resolves when it is on disk and shown. */
  async set(value: string | null): Promise<boolean> {
    const [index, position, before] = [this.index, this.#position, this.value];
    if (index === null) return false;
    if (value === before) return true;
    const words = m.label_did_set({ column: this.column.name, row: String(index + 1) });
    const { name: column } = this.column;
    const isTaken = await this.#journal(
      [...this.#freshClasses(), { kind: 'set', column, rows: [index], value }],
      words,
    );
    if (!isTaken) return false;
    this.progress.change(before, value);
    this.#labelled = [...this.#labelled.slice(-1000), position];
    return true;
  }

  /** Journals what is typed so far into a row's cell; see `LabelEditorProps.type`. */
  async type(index: number, value: string | null, continues: boolean): Promise<boolean> {
    const [position, before] = [this.#position, this.valueAt(index)];
    const words = m.label_did_set({ column: this.column.name, row: String(index + 1) });
    const edit: Edit = { kind: 'set', column: this.column.name, rows: [index], value };
    this.#setting += 1;
    try {
      if (!(await dataEdits.type(edit, words, continues))) return false;
      this.#steps = dataEdits.pending?.steps ?? null;
      this.progress.change(before, value);
      if (!continues) this.#labelled = [...this.#labelled.slice(-1000), position];
      return true;
    } finally {
      this.#setting -= 1;
    }
  }

  /** Makes a class known; in one step with a `set` of the same moment, else as a step of its own. */
  addClass(label: string): void {
    this.progress.add(label);
    queueMicrotask(() => {
      const edits = this.#freshClasses();
      if (!this.busy && edits.length > 0) void this.#journal(edits, m.label_did_classes({ column: this.column.name }));
    });
  }

  /** Calls a class by another name everywhere, or makes it one with the class that has that name. */
  async rename(from: string, to: string): Promise<boolean> {
    const { name: column } = this.column;
    const words = m.label_did_rename({ from, to });
    const taken = await dataEdits.journal(
      (versionId) => client.labels.rename({ versionId, column, from: [from], to }),
      words,
    );
    if (taken) await this.progress.reload();
    return taken;
  }

  /** Takes the last step back and returns to its row. */
  async undo(): Promise<void> {
    await dataEdits.undo();
    this.followUndo();
  }

  /** The last step was taken back: on to the row that it was about. */
  followUndo(): void {
    const last = this.#labelled[this.#labelled.length - 1];
    this.#labelled = this.#labelled.slice(0, -1);
    if (last !== undefined) this.goTo(last);
  }

  end(): void {
    this.queue.end();
  }

  #freshClasses(): Edit[] {
    const { fresh, classes } = this.progress;
    return fresh.length === 0 ? [] : [{ kind: 'classes', column: this.column.name, classes: [...classes] }];
  }

  async #journal(edits: readonly Edit[], words: string): Promise<boolean> {
    const before = dataEdits.pending?.steps ?? 0;
    this.#setting += 1;
    try {
      const isTaken = await dataEdits.append(edits, words);
      if (isTaken && edits.some(({ kind }) => kind === 'classes')) this.progress.keep();
      if (isTaken) this.#steps = before + 1;
      return isTaken;
    } finally {
      this.#setting -= 1;
    }
  }
}
