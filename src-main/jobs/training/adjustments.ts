/** What a person changes of a run while it trains: it waits for the end of the epoch, so that each epoch is of one kind. */
import { adjustedSettings, adjustmentEvents } from '../../catalog';
import { adjustedSchema, trainQuestionSchema, type Adjustment, type Run } from '../../contract';
import type { FitControl } from '../../engine/fit-control';
import { adjustRun } from '../../storage/run-adjust';
import { getRun } from '../../storage/runs';
import type { JobContext } from '../definition';
import type { RunRecord } from './run-record';

export class Adjustments {
  readonly #context: JobContext;
  readonly #runId: string;
  readonly #record: RunRecord;
  readonly #control: FitControl;
  #waiting: Adjustment = {};

  constructor(context: JobContext, runId: string, record: RunRecord, control: FitControl) {
    this.#context = context;
    this.#runId = runId;
    this.#record = record;
    this.#control = control;
    context.onAsk(async (question) => this.#take(question));
  }

  /** @throws CodedError `field-invalid`; nothing waits then but what did before */
  #take(question: unknown) {
    const { adjust } = trainQuestionSchema.parse(question);
    const { settings, data, epochsDone } = this.#run();
    const wanted = { ...this.#waiting, ...adjust };
    adjustedSettings(settings, wanted, { task: data.task, done: epochsDone + 1 });
    this.#waiting = wanted;
    this.#control.leaveAfterEpoch();
    return adjustedSchema.parse({ epoch: epochsDone + 2 });
  }

  /** Writes what waits into the run. @param rows that it trains on. @returns the run as it goes on. */
  apply(rows: number): Run {
    const { settings, data, epochsDone } = this.#run();
    const adjusted = adjustedSettings(settings, this.#waiting, { task: data.task, done: epochsDone });
    this.#waiting = {};
    for (const { code, parameters } of adjustmentEvents(settings, adjusted)) this.#record.log(code, parameters);
    const isOtherBatch = adjusted.batchSize !== settings.batchSize;
    const recounted = isOtherBatch ? { stepsPerEpoch: Math.ceil(rows / adjusted.batchSize) } : {};
    const { db } = this.#context.library;
    adjustRun(db, this.#runId, { settings: adjusted, ...recounted }, () => this.#record.keepEvents());
    return this.#run();
  }

  #run(): Run {
    return getRun(this.#context.library.db, this.#runId);
  }
}
