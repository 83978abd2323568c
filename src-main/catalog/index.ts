/** The catalog's front door: one registry per kind, each filled from its folder. */
import type {
  AugmentationDefinition,
  BlockDefinition,
  FindingDefinition,
  LayerDefinition,
  LossDefinition,
  OptimizerDefinition,
  SampleDefinition,
  ScheduleDefinition,
  TaskDefinition,
} from './definitions';
import type { CautionDefinition } from './caution-definitions';
import type { DiagnosisDefinition } from './diagnosis-definitions';
import type { PrunerDefinition } from './pruner-definitions';
import { registry } from './registry';
import type { SamplerDefinition } from './sampler-definitions';
import type { SpectrogramDefinition } from './spectrogram-definitions';
import type { StepDefinition } from './step-definitions';

export const layers = registry<LayerDefinition>(
  'layer',
  import.meta.glob(['./layers/*.ts', '!./layers/*.test.ts'], { eager: true, import: 'definition' }),
);
export const blocks = registry<BlockDefinition>(
  'block',
  import.meta.glob(['./blocks/*.ts', '!./blocks/*.test.ts'], { eager: true, import: 'definition' }),
);
export const optimizers = registry<OptimizerDefinition>(
  'optimizer',
  import.meta.glob(['./optimizers/*.ts', '!./optimizers/*.test.ts'], { eager: true, import: 'definition' }),
);
export const schedules = registry<ScheduleDefinition>(
  'schedule',
  import.meta.glob(['./schedules/*.ts', '!./schedules/*.test.ts'], { eager: true, import: 'definition' }),
);
export const augmentations = registry<AugmentationDefinition>(
  'augmentation',
  import.meta.glob(['./augmentations/*.ts', '!./augmentations/*.test.ts'], { eager: true, import: 'definition' }),
);
export const losses = registry<LossDefinition>(
  'loss',
  import.meta.glob(['./losses/*.ts', '!./losses/*.test.ts'], { eager: true, import: 'definition' }),
);
export const steps = registry<StepDefinition>(
  'step',
  import.meta.glob(['./steps/*.ts', '!./steps/*.test.ts', '!./steps/*.test-data.ts'], {
    eager: true,
    import: 'definition',
  }),
);
export const spectrograms = registry<SpectrogramDefinition>(
  'spectrogram',
  import.meta.glob(['./spectrograms/*.ts', '!./spectrograms/*.test.ts'], { eager: true, import: 'definition' }),
);
export const tasks = registry<TaskDefinition>(
  'task',
  import.meta.glob(['./tasks/*.ts', '!./tasks/*.test.ts'], { eager: true, import: 'definition' }),
);
export const findings = registry<FindingDefinition>(
  'finding',
  import.meta.glob(['./findings/*.ts', '!./findings/*.test.ts'], { eager: true, import: 'definition' }),
);
export const cautions = registry<CautionDefinition>(
  'caution',
  import.meta.glob(['./cautions/*.ts', '!./cautions/*.test.ts'], { eager: true, import: 'definition' }),
);
export const diagnoses = registry<DiagnosisDefinition>(
  'diagnosis',
  import.meta.glob(['./diagnoses/*.ts', '!./diagnoses/*.test.ts'], { eager: true, import: 'definition' }),
);
export const samplers = registry<SamplerDefinition>(
  'sampler',
  import.meta.glob(['./samplers/*.ts', '!./samplers/*.test.ts'], { eager: true, import: 'definition' }),
);
export const pruners = registry<PrunerDefinition>(
  'pruner',
  import.meta.glob(['./pruners/*.ts', '!./pruners/*.test.ts'], { eager: true, import: 'definition' }),
);
export const samples = registry<SampleDefinition>(
  'sample',
  import.meta.glob(['./samples/*.ts', '!./samples/*.test.ts'], { eager: true, import: 'definition' }),
);

export { activationShape } from './activations';
export { proposeOrdinary } from './anomaly-choices';
export { augmentationFits } from './augmentation-parts';
export { firstLayerDifference } from './branch-fit';
export { blockNameOf, namedLayers } from './block-layers';
export { baselineText, beatsBaseline } from './baseline';
export { cautionsFor } from './caution';
export type { Caution, Mend, TrainingFacts } from './caution-definitions';
export { changesOf, diagnosesFor } from './diagnosis';
export type { Diagnosis, Remedy, RunFacts } from './diagnosis-definitions';
export { answersOf, calibrationBinsOf } from './calibration';
export { holm } from './comparing/holm';
export { fewestForImportance, importanceOf } from './comparing/importance';
export { mcNemar } from './comparing/mcnemar';
export { differenceOf, percentileInterval, planResampling, resample } from './comparing/paired-bootstrap';
export { furtherSeeds, groupsOf, runsAlike, seedGroups, setupKey } from './comparing/seed-groups';
export { spreadOf, welch, type MeanDifference } from './comparing/welch';
export * from './definitions';
export { forecastParts } from './forecast-choices';
export { dayOrderOf, parseDate, timeOf, type DayOrder } from './dates';
export * from './explain-network';
export * from './fields';
export * from './gallery';
export * from './graph';
export { looksCodesUp, withCodes } from './codes-problem';
export * from './finding';
export { resampledIntervals, shareInterval, type Interval, type Resampled } from './intervals';
export { metrics } from './metric-registry';
export * from './network';
export * from './network-file';
export * from './picture-frame';
export * from './presets';
export * from './pretrained';
export * from './pretrained-networks';
export { itemColumn, ratingOrder, userColumn } from './ratings-input';
export { averagePrecision, rankedClasses, rankingOf, rocArea, rocInterval, type Ranking } from './ranking';
export { discountedGain, listLength } from './ranked-lists';
export type {
  AnomalyPredictions,
  ClassPredictions,
  NumberPredictions,
  Predictions,
  RankedUsers,
  ScoreDefinition,
  Statistic,
} from './score-definitions';
export { applyTrial, type SearchConfiguration } from './searching/apply';
export { requireValidPlan } from './searching/check-plan';
export { searchImportance, type ParameterImportance } from './searching/importance';
export { betterOf, bestTrial, isBetter, keepsLimits, paretoFront } from './searching/pareto';
export { proposePlan } from './searching/propose';
export type { SearchLimits } from './searching/range';
export { searchableFields, type SearchableField } from './searching/space';
export { searchSummary, testValue, type SearchFact } from './searching/summary';
export { together } from './searching/together';
export { runSeconds } from './run-facts';
export { runFormats, type ExportedRun } from './run-format';
export { RunFieldNames, runFields, type RunContext, type RunField, type RunValue } from './run-fields';
export { isHigherBetter } from './run-metrics';
export { sortRuns } from './run-order';
export * from './run-query';
export { runValues } from './run-values';
export { figureOf, orderedScores, scores } from './score-registry';
export { squaredErrors } from './reconstruction';
export * from './settings';
export * from './setup-edits';
export * from './adjust';
export * from './settings-check';
export * from './sound-input';
export * from './spectrogram-definitions';
export * from './split-columns';
export { ownParts, startingSplit } from './starting-split';
export * from './time-steps';
export { parseNumber, sortClasses } from './number-text';
export * from './step-chain';
export * from './text-input';
export type {
  Normalization,
  NumberValues,
  PictureValues,
  StepDefinition,
  StepValues,
  TextValues,
  WindowOfRows,
} from './step-definitions';
export { presentOf, spread } from './step-values';
export { scheduleChoice } from './schedule-parts';
export * from './thresholds';
export { decidingMeasure, watchFieldsOf } from './watched';
