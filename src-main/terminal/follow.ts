/** Follows a job to its end: progress on one line that is written over, training as one line per epoch. */
import { describeEvent, type Epoch, type Job, type LiveEvent, type MetricValues } from '../contract';
import type { Output } from './output';
import type { Session } from './session';
import { formatLine, formatMetric, formatNumber } from './table';

/** Waits for a job that has progress only (an import). @throws CodedError the job's own */
export async function followProgress({ supervisor, output }: Session, jobId: string): Promise<unknown> {
  const line = new ProgressLine(output);
  const end = supervisor.onChange((job) => {
    if (job.id === jobId && job.endedAt === null) line.show(job);
  });
  try {
    return await supervisor.result(jobId);
  } finally {
    end();
    line.clear();
  }
}

/** Waits for a training job; every epoch is told as it is complete. @throws CodedError the job's own */
export async function followTraining({ supervisor, output }: Session, jobId: string): Promise<void> {
  const line = new ProgressLine(output);
  const epochs = new EpochTable((text) => {
    line.clear();
    output.say(text);
  });
  const endLive = supervisor.onLive(jobId, (event) => tell(event, output, line, epochs));
  const endChange = supervisor.onChange((job) => {
    if (job.id === jobId && job.endedAt === null) line.show(job);
  });
  try {
    await supervisor.result(jobId);
  } finally {
    endLive();
    endChange();
    line.clear();
  }
}

function tell(event: LiveEvent, output: Output, line: ProgressLine, epochs: EpochTable): void {
  if (event.type === 'batch' || event.type === 'device') return;
  output.step({ ...event });
  if (event.type === 'epoch') epochs.add(event.epoch);
  if (event.type === 'event' && event.event.code !== 'epoch-better') {
    line.clear();
    output.say(describeEvent(event.event, 'en'));
  }
}

/** Names of metrics as the columns of a table: `validation.loss` is `val. loss`. */
export function metricLabel(name: string): string {
  return name.replace(/^validation\./, 'val. ').replace(/^test\./, 'test ');
}

/** Metrics of training first, then validation, then test; the loss leads each. */
export function metricNames(metrics: MetricValues): string[] {
  const rank = (name: string) =>
    (name.startsWith('test.') ? 4 : name.startsWith('validation.') ? 2 : 0) + (name.endsWith('loss') ? 0 : 1);
  return Object.keys(metrics).sort((a, b) => rank(a) - rank(b));
}

/** A table that grows by one line per epoch; its columns are those of the first. */
class EpochTable {
  #names: string[] | null = null;
  #widths: number[] = [];

  constructor(private readonly write: (line: string) => void) {}

  add(epoch: Epoch): void {
    if (!this.#names) {
      this.#names = metricNames(epoch.metrics);
      const header = ['epoch', ...this.#names.map(metricLabel), 'seconds', 'examples/s'];
      this.#widths = header.map((name) => Math.max(name.length, 8));
      this.write(formatLine(header, this.#widths));
    }
    const metrics = this.#names.map((name) => formatMetric(epoch.metrics[name]));
    const speed = [epoch.seconds.toFixed(2), epoch.examplesPerSecond.toFixed(0)];
    this.write(formatLine([String(epoch.epoch), ...metrics, ...speed], this.#widths));
  }
}

/** On a terminal one line that is written over; for programs a message at most once a second. */
class ProgressLine {
  #shown = false;
  #told = 0;

  constructor(private readonly output: Output) {}

  show({ progress }: Job): void {
    if (!progress) return;
    if (this.output.json) {
      const now = Date.now();
      if (now - this.#told < 1000) return;
      this.#told = now;
      this.output.step({ type: 'progress', ...progress });
    } else if (process.stderr.isTTY) {
      const { stage, done, total, unit, rate, etaSeconds } = progress;
      const share = total === null ? `${formatNumber(done)} ${unit}` : `${Math.round((100 * done) / total)} %`;
      const speed = rate === null ? '' : `, ${rate.toFixed(0)} ${unit}/s`;
      const rest = etaSeconds === null ? '' : `, ${Math.ceil(etaSeconds)} s left`;
      process.stderr.write(`\r\x1b[K${stage}: ${share}${speed}${rest}`);
      this.#shown = true;
    }
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\x1b[K');
    this.#shown = false;
  }
}
