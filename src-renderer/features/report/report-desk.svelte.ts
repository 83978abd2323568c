/** The report of the open project: its panels and texts, kept in the library as they change, and the page that comes of them. */
import { reportBlocks, usualReport } from '../../../src-main/catalog/report';
import type { Report, ReportBlock } from '../../../src-main/contract';
import { locale, m, text } from '../../i18n';
import { client } from '../../ipc/client';
import { runs } from '../../state/runs.svelte';
import { toasts } from '../../state/toasts.svelte';
import { undoHistory } from '../../state/undo.svelte';

/** Typing is not kept and drawn key by key. */
const KEEP_MS = 400;
const DRAW_MS = 200;

class ReportDesk {
  #projectId: string | null = null;
  #report = $state.raw<Report | null>(null);
  #isRead = $state(false);
  #page = $state.raw<string | null>(null);
  #error = $state.raw<unknown>(null);
  #isSaving = $state(false);
  #keeping: ReturnType<typeof setTimeout> | null = null;
  #drawing: ReturnType<typeof setTimeout> | null = null;
  #asked = 0;

  get report(): Report | null {
    return this.#report;
  }
  get isRead(): boolean {
    return this.#isRead;
  }
  /** As it was asked for last and answered. */
  get page(): string | null {
    return this.#page;
  }
  get error(): unknown {
    return this.#error;
  }
  get isSaving(): boolean {
    return this.#isSaving;
  }
  /** Those of the report's runs that are kept, in its order. */
  readonly shownRuns = $derived(
    (this.#report?.runIds ?? []).flatMap((id) => runs.kept?.find((run) => run.id === id) ?? []),
  );
  /** Metrics of the runs by their names, without the part of the data. */
  readonly metrics = $derived(
    [
      ...new Set(
        this.shownRuns.flatMap(({ last }) =>
          Object.keys(last ?? {}).map((name) => name.replace(/^(validation|test)\./, '')),
        ),
      ),
    ].sort((one, other) => Number(other === 'loss') - Number(one === 'loss') || one.localeCompare(other)),
  );

  /**
   * Reads the project's draft.
   * @param runIds those it is about from now on; what was written stays. Null for those that it has.
   */
  async open(projectId: string, runIds: readonly string[] | null): Promise<void> {
    this.#projectId = projectId;
    this.#isRead = false;
    this.#page = null;
    const draft = await client.reports.draft({ projectId });
    this.#isRead = true;
    if (runIds !== null && runIds.length > 0) {
      this.#set(draft ? { ...draft, runIds: [...runIds] } : this.#begun(runIds));
      return;
    }
    const left = draft?.runIds.filter((id) => runs.kept?.some((run) => run.id === id)) ?? [];
    this.#report = null;
    if (draft && left.length > 0) this.#set({ ...draft, runIds: left });
  }

  rename(title: string): void {
    this.#change((report) => ({ ...report, title }));
  }

  add(kind: string): void {
    this.#change((report) => {
      const id = crypto.randomUUID();
      return { ...report, blocks: [...report.blocks, { id, kind, values: {} }] };
    });
  }

  write(id: string, values: ReportBlock['values']): void {
    this.#change((report) => ({
      ...report,
      blocks: report.blocks.map((block) =>
        block.id === id ? { ...block, values: { ...block.values, ...values } } : block,
      ),
    }));
  }

  /** @param by −1 for up, 1 for down */
  move(id: string, by: -1 | 1): void {
    this.#change((report) => {
      const blocks = [...report.blocks];
      const from = blocks.findIndex((block) => block.id === id);
      const [moved] = blocks.splice(from, 1);
      if (moved) blocks.splice(from + by, 0, moved);
      return { ...report, blocks };
    });
  }

  remove(id: string): void {
    const kind = this.#report?.blocks.find((block) => block.id === id)?.kind ?? '';
    const name = reportBlocks.has(kind) ? text(reportBlocks.get(kind).label) : kind;
    this.#undoable(m.report_removed({ name }), (report) => {
      return { ...report, blocks: report.blocks.filter((block) => block.id !== id) };
    });
  }

  startAnew(): void {
    this.#undoable(m.report_anew_done(), ({ runIds }) => this.#begun(runIds));
  }

  /** Draws it anew, as after a change of the language. */
  draw(): void {
    if (this.#drawing) clearTimeout(this.#drawing);
    this.#drawing = setTimeout(() => void this.#drawNow(), this.#page === null ? 0 : DRAW_MS);
  }

  /** Writes what is not kept yet. */
  async keep(): Promise<void> {
    if (this.#keeping) clearTimeout(this.#keeping);
    this.#keeping = null;
    const [projectId, report] = [this.#projectId, this.#report];
    if (projectId === null || !report) return;
    await client.reports.saveDraft({ projectId, report }).catch((error: unknown) => toasts.error(error));
  }

  async save(form: 'html' | 'pdf'): Promise<void> {
    if (!this.#report) return;
    this.#isSaving = true;
    try {
      const place = await client.reports.save({ report: this.#report, locale: locale.current, form });
      if (place !== null) toasts.show(m.report_saved({ place }));
    } catch (error) {
      toasts.error(error);
    } finally {
      this.#isSaving = false;
    }
  }

  #begun(runIds: readonly string[]): Report {
    const names = runIds.flatMap((id) => runs.kept?.find((run) => run.id === id)?.name ?? []);
    return usualReport(names.join(', ').slice(0, 300), runIds);
  }

  #change(change: (report: Report) => Report): void {
    if (this.#report) this.#set(change(this.#report));
  }

  #undoable(label: string, change: (report: Report) => Report): void {
    const before = this.#report;
    const projectId = this.#projectId;
    if (!before) return;
    const after = change(before);
    const set = (report: Report) => {
      // The window may show another project by then.
      if (this.#projectId === projectId) this.#set(report);
    };
    set(after);
    undoHistory.record({ label, undo: () => set(before), redo: () => set(after) }, true);
  }

  #set(report: Report): void {
    this.#report = report;
    if (this.#keeping) clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => void this.keep(), KEEP_MS);
    this.draw();
  }

  async #drawNow(): Promise<void> {
    const report = this.#report;
    if (!report) return;
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const page = await client.reports.html({ report, locale: locale.current });
      if (asked !== this.#asked) return;
      this.#page = page;
      this.#error = null;
    } catch (error) {
      if (asked === this.#asked) this.#error = error;
    }
  }
}

export const reportDesk = new ReportDesk();
