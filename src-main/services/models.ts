/** Saved models: what they are, how they did, and predictions from a process per model that is kept for a while. */
import { z } from 'zod';
import {
  foundItemsSchema,
  predictionSchema,
  recommendationsSchema,
  type ContractHandlers,
  type Evaluation,
  type FoundItems,
  type ItemQuestion,
  type Prediction,
  type PredictionInput,
  type Recommendations,
  type RecommendQuestion,
} from '../contract';
import { getEvaluation, predictedRows } from '../storage/evaluations';
import { getModelInfo } from '../storage/models';
import { getRun } from '../storage/runs';
import type { ServiceContext } from './context';
import { KeptJob } from './kept-job';
import { setThreshold } from './thresholds';

export function modelsService(context: ServiceContext): ContractHandlers['models'] {
  const { db } = context.library;
  const open = new OpenModels(context);
  return {
    info: ({ runId }) => getModelInfo(db, runId),
    evaluation({ runId }) {
      const evaluation = getEvaluation(db, runId);
      return evaluation && shown(evaluation);
    },
    predictedRows: (query) => predictedRows(db, query),
    predict: ({ runId, inputs }) => open.predict(runId, inputs),
    setThreshold({ runId, threshold }) {
      const evaluation = setThreshold(context.library, runId, threshold);
      context.notify('runs-changed');
      return shown(evaluation);
    },
    recommend: ({ runId, ...question }) => open.recommend(runId, question),
    findItems: ({ runId, ...question }) => open.findItems(runId, question),
  };
}

/** Without the neighbours of a model of anomalies: some hundred kilobytes that only predictions need. */
function shown(evaluation: Evaluation): Evaluation {
  const { anomaly } = evaluation;
  return anomaly ? { ...evaluation, anomaly: { ...anomaly, neighbours: undefined } } : evaluation;
}

interface OpenModel {
  /** Of the weights it was started with: a run that trains on replaces its model. */
  readonly sha256: string;
  readonly job: KeptJob;
}

/** One predict job per run. */
class OpenModels {
  readonly #open = new Map<string, OpenModel>();

  constructor(private readonly context: ServiceContext) {}

  /** @throws CodedError `not-found`, `run-without-model`, `input-not-*`, `job-crashed` */
  async predict(runId: string, inputs: readonly PredictionInput[]): Promise<Prediction[]> {
    const answer = await this.#model(runId).ask({ inputs });
    return z.array(predictionSchema).parse(answer);
  }

  /** @throws CodedError `not-found`, `run-without-model`, `model-without-ratings`, `item-unknown`, `rating-out-of-range`, `fold-in-unfit`, `job-crashed` */
  async recommend(runId: string, question: RecommendQuestion): Promise<Recommendations> {
    return recommendationsSchema.parse(await this.#model(runId).ask({ recommend: question }));
  }

  /** @throws CodedError `not-found`, `run-without-model`, `model-without-ratings`, `job-crashed` */
  async findItems(runId: string, question: ItemQuestion): Promise<FoundItems> {
    return foundItemsSchema.parse(await this.#model(runId).ask({ items: question }));
  }

  #model(runId: string): KeptJob {
    const { library, supervisor } = this.context;
    const { sha256 } = getModelInfo(library.db, runId);
    const known = this.#open.get(runId);
    if (known?.sha256 === sha256) return known.job;
    known?.job.close();
    const { name } = getRun(library.db, runId);
    const job = new KeptJob(supervisor, { kind: 'predict', input: { runId }, subject: name, subjectId: runId });
    this.#open.set(runId, { sha256, job });
    return job;
  }
}
