/** A job in words: its kind, its state and how far it is. */
import type { Job, Progress } from '../../../src-main/contract';
import { formatBytes, formatDuration, formatNumber, m } from '../../i18n';

export function jobKind(kind: string): string {
  const words: Record<string, () => string> = {
    import: m.frame_job_import,
    append: m.capture_job_append,
    edit: m.versions_job_edit,
    train: m.frame_job_train,
    search: m.search_job,
    predict: m.frame_job_predict,
    quality: m.quality_job,
    duplicates: m.splits_job,
    'propose-labels': m.assist_job_propose,
    'replay-labels': m.assist_job_replay,
    'merge-labels': m.assist_job_merge,
    'export-labels': m.marks_job,
    preflight: m.preflight_job,
    'export-portable': m.export_job,
    'export-runs': m.export_job,
    'import-portable': m.export_job_import,
  };
  return words[kind]?.() ?? m.frame_job_other({ kind });
}

export function jobState(state: Job['state']): string {
  const words: Record<Job['state'], () => string> = {
    running: m.frame_state_running,
    paused: m.frame_state_paused,
    finished: m.frame_state_finished,
    failed: m.frame_state_failed,
    cancelled: m.frame_state_cancelled,
    interrupted: m.frame_state_interrupted,
  };
  return words[state]();
}

/** Share done, 0–1; null where the end is unknown. */
export function progressShare(progress: Progress | null): number | null {
  return progress?.total ? progress.done / progress.total : null;
}

/** `12,000 of 60,000 rows · 40,000 rows/s · 0:02 left`, without the parts that are not known. */
export function progressWords(progress: Progress): string {
  const unit = unitWord(progress.unit);
  const count = (value: number) => (progress.unit === 'bytes' ? formatBytes(value) : formatNumber(Math.round(value)));
  const parts = [
    progress.total === null
      ? m.frame_progress_done({ done: count(progress.done), unit })
      : m.frame_progress_of({ done: count(progress.done), total: count(progress.total), unit }),
    progress.rate === null ? null : m.frame_rate({ rate: count(progress.rate), unit }),
    progress.etaSeconds === null ? null : m.frame_time_left({ time: formatDuration(progress.etaSeconds) }),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function unitWord(unit: string): string {
  const words: Record<string, () => string> = {
    rows: m.frame_unit_rows,
    steps: m.frame_unit_steps,
    batches: m.preflight_unit_batches,
    epochs: m.frame_unit_epochs,
    trials: m.search_unit_trials,
    files: m.bring_unit_files,
    pictures: m.bring_unit_pictures,
    checks: m.quality_unit_checks,
    runs: m.export_unit_runs,
    // Bytes carry their unit in the figure.
    bytes: () => '',
  };
  return words[unit]?.() ?? unit;
}
