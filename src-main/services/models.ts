/** Saved models: what they are, how they did, and predictions from a process per model that is kept for a while. */
import { z } from 'zod';
import { predictionSchema, type ContractHandlers, type Prediction, type PredictionInput } from '../contract';
import { getEvaluation, predictedRows } from '../storage/evaluations';
import { getModelInfo } from '../storage/models';
import { getRun } from '../storage/runs';
import type { ServiceContext } from './context';

const idleMs = 60_000;

export function modelsService(context: ServiceContext): ContractHandlers['models'] {
  const { db } = context.library;
  const open = new OpenModels(context);
  return {
    info: ({ runId }) => getModelInfo(db, runId),
    evaluation: ({ runId }) => getEvaluation(db, runId),
    predictedRows: (query) => predictedRows(db, query),
    predict: ({ runId, inputs }) => open.predict(runId, inputs),
  };
}

interface OpenModel {
  readonly jobId: string;
  /** Of the weights it was started with: a run that trains on replaces its model. */
  readonly sha256: string;
  asking: number;
  idle: NodeJS.Timeout | null;
}

/** One predict job per run, started at the first question, cancelled after a minute without one. */
class OpenModels {
  readonly #open = new Map<string, OpenModel>();

  constructor(private readonly context: ServiceContext) {}

  /** @throws CodedError `not-found`, `run-without-model`, `input-not-*`, `job-crashed` */
  async predict(runId: string, inputs: readonly PredictionInput[]): Promise<Prediction[]> {
    const model = this.#model(runId);
    if (model.idle) clearTimeout(model.idle);
    model.idle = null;
    model.asking += 1;
    try {
      const answer = await this.context.supervisor.ask(model.jobId, { inputs });
      return z.array(predictionSchema).parse(answer);
    } finally {
      model.asking -= 1;
      if (model.asking === 0) model.idle = setTimeout(() => this.#close(runId, model), idleMs).unref();
    }
  }

  #model(runId: string): OpenModel {
    const { library, supervisor } = this.context;
    const { sha256 } = getModelInfo(library.db, runId);
    const known = this.#open.get(runId);
    const lives = supervisor.running().some((job) => job.id === known?.jobId && job.endedAt === null);
    if (known && lives && known.sha256 === sha256) return known;
    if (known && lives && known.asking === 0) this.#close(runId, known);
    const { name } = getRun(library.db, runId);
    const job = supervisor.start({ kind: 'predict', input: { runId }, subject: name, subjectId: runId });
    const model = { jobId: job.id, sha256, asking: 0, idle: null };
    this.#open.set(runId, model);
    return model;
  }

  #close(runId: string, model: OpenModel): void {
    if (model.idle) clearTimeout(model.idle);
    if (this.#open.get(runId) === model) this.#open.delete(runId);
    const { supervisor } = this.context;
    const lives = supervisor.running().some((job) => job.id === model.jobId && job.endedAt === null);
    if (lives) supervisor.command(model.jobId, 'cancel');
  }
}
