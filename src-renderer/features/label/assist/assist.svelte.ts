/** Help with the labels of one column: what a model proposes, what its order would have saved, and two people's labels. */
import type { ColumnType, Merge, Proposals, Replay } from '../../../../src-main/contract';
import { formatNumber, m } from '../../../i18n';
import { client } from '../../../ipc/client';
import { dataEdits } from '../../../state/data-edits.svelte';
import type { Proposal } from '../label-kinds';
import { KeptWork } from './kept-work.svelte';

export interface ColumnPlace {
  readonly versionId: string;
  readonly column: string;
}

/** A file that main has given a handle for, or a column. */
export type LabellerChoice =
  | { readonly kind: 'file'; readonly file: string; readonly name: string }
  | { readonly kind: 'column'; readonly name: string };

/** So many new labels are worth another look by the model. */
const RENEW_AFTER = 20;
const SEEDS = [1, 2, 3];

class Assist {
  #place = $state.raw<ColumnPlace | null>(null);
  readonly proposing = new KeptWork<Proposals>();
  readonly replaying = new KeptWork<Replay>();
  readonly merging = new KeptWork<Merge>();
  /** Whether proposals are renewed as labels come. */
  renews = $state(true);
  readonly #places = $derived(new Map(Array.from(this.proposing.left?.rows ?? [], (row, place) => [row, place])));
  readonly #disputes = $derived(new Map(this.merging.left?.disputed.map((one) => [one.row, one])));

  /** Null where it was made for another column, or not at all. */
  proposalsOf({ versionId, column }: ColumnPlace): Proposals | null {
    const { left } = this.proposing;
    return left?.versionId === versionId && left.column === column ? left : null;
  }
  mergeOf({ versionId, column }: ColumnPlace): Merge | null {
    const { left } = this.merging;
    return left?.versionId === versionId && left.column === column ? left : null;
  }

  /** Labels that came since the proposals were made. */
  get since(): number {
    const { left } = this.proposing;
    if (!left) return 0;
    const cells = dataEdits.pending?.changes.changed.find(({ column }) => column === left.column)?.cells ?? 0;
    return Math.abs(cells - left.editedCells);
  }
  get isOld(): boolean {
    return this.since >= RENEW_AFTER;
  }

  async open(place: ColumnPlace): Promise<void> {
    if (this.#place?.versionId === place.versionId && this.#place.column === place.column) return;
    this.#place = place;
    await Promise.all([
      this.proposing.open(() => client.assist.proposals(place)),
      this.replaying.open(() => client.assist.lastReplay(place)),
      this.merging.open(() => client.assist.lastMerge(place)),
    ]);
  }

  /** @param runId null for a quick model. @returns whether there are proposals now */
  async propose(place: ColumnPlace, runId: string | null): Promise<boolean> {
    return this.proposing.run({
      start: () => client.assist.propose({ ...place, runId }),
      end: (jobId) => client.assist.proposed({ jobId }),
      read: () => client.assist.proposals(place),
    });
  }

  /** Anew by whoever proposed before. */
  async renew(place: ColumnPlace): Promise<void> {
    const source = this.proposing.left?.source;
    await this.propose(place, source?.kind === 'run' ? source.runId : null);
  }

  async replay(place: ColumnPlace): Promise<void> {
    await this.replaying.run({
      start: () => client.assist.replay({ ...place, seeds: SEEDS, most: null }),
      end: (jobId) => client.assist.replayed({ jobId }),
      read: () => client.assist.lastReplay(place),
    });
  }

  async merge(place: ColumnPlace, type: ColumnType, labellers: [LabellerChoice, LabellerChoice]): Promise<void> {
    await this.merging.run({
      start: () => client.assist.merge({ ...place, type, labellers }),
      end: (jobId) => client.assist.merged({ jobId }),
      read: () => client.assist.lastMerge(place),
    });
  }

  /** What the model thinks of a row; null for one that was labelled since, or had a label before. */
  proposal(place: ColumnPlace, row: number): Proposal | null {
    const proposals = this.proposalsOf(place);
    const at = this.#places.get(row);
    if (!proposals || at === undefined || hasLabel(place, row)) return null;
    const code = proposals.codes[at] ?? -1;
    const value = proposals.labels[code];
    const confidence = proposals.confidence[at] ?? Number.NaN;
    if (value === undefined) return null;
    return {
      ...{ value, confidence: Number.isNaN(confidence) ? null : confidence },
      ...{ from: whoProposes(proposals), parts: proposals.sureness?.[code] },
    };
  }

  /** What the two labellers said of a row they dispute. */
  answers(place: ColumnPlace, row: number): readonly Proposal[] {
    const merge = this.mergeOf(place);
    const dispute = this.#disputes.get(row);
    if (!merge || !dispute) return [];
    const [one, other] = merge.labellers;
    return [
      { value: dispute.first, confidence: null, from: one.name },
      { value: dispute.second, confidence: null, from: other.name },
    ];
  }
}

function hasLabel({ column }: ColumnPlace, row: number): boolean {
  return (dataEdits.row(row)?.values[column] ?? null) !== null;
}

export function whoProposes({ source, labelled }: Proposals): string {
  if (source.kind === 'marks') return m.assist_from_marks({ labels: formatNumber(labelled) });
  return source.kind === 'run'
    ? m.assist_from_run({ name: source.name })
    : m.assist_from_quick({ labels: formatNumber(labelled) });
}

export const assist = new Assist();
