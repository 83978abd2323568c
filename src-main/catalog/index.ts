/** The catalog's front door: one registry per kind, each filled from its folder. */
import type {
  AugmentationDefinition,
  FindingDefinition,
  LayerDefinition,
  LossDefinition,
  OptimizerDefinition,
  SampleDefinition,
  ScheduleDefinition,
  TaskDefinition,
} from './definitions';
import { registry } from './registry';

export const layers = registry<LayerDefinition>(
  'layer',
  import.meta.glob(['./layers/*.ts', '!./layers/*.test.ts'], { eager: true, import: 'definition' }),
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
export const tasks = registry<TaskDefinition>(
  'task',
  import.meta.glob(['./tasks/*.ts', '!./tasks/*.test.ts'], { eager: true, import: 'definition' }),
);
export const findings = registry<FindingDefinition>(
  'finding',
  import.meta.glob(['./findings/*.ts', '!./findings/*.test.ts'], { eager: true, import: 'definition' }),
);
export const samples = registry<SampleDefinition>(
  'sample',
  import.meta.glob(['./samples/*.ts', '!./samples/*.test.ts'], { eager: true, import: 'definition' }),
);

export * from './definitions';
export * from './fields';
export * from './finding';
export { metrics } from './metric-registry';
export * from './network';
export * from './picture-frame';
export * from './settings';
export * from './settings-check';
export * from './split-columns';
export { scheduleChoice } from './schedule-parts';
export { decidingMeasure, watchFieldsOf } from './watched';
