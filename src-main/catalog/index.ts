/** The catalog's front door: one registry per kind, each filled from its folder. */
import type {
  LayerDefinition,
  LossDefinition,
  MetricDefinition,
  OptimizerDefinition,
  SampleDefinition,
  TaskDefinition,
} from './definitions';
import { registry } from './registry';

const only = { eager: true, import: 'definition' } as const;

export const layers = registry<LayerDefinition>(
  'layer',
  import.meta.glob(['./layers/*.ts', '!./layers/*.test.ts'], only),
);
export const optimizers = registry<OptimizerDefinition>(
  'optimizer',
  import.meta.glob(['./optimizers/*.ts', '!./optimizers/*.test.ts'], only),
);
export const losses = registry<LossDefinition>(
  'loss',
  import.meta.glob(['./losses/*.ts', '!./losses/*.test.ts'], only),
);
export const metrics = registry<MetricDefinition>(
  'metric',
  import.meta.glob(['./metrics/*.ts', '!./metrics/*.test.ts'], only),
);
export const tasks = registry<TaskDefinition>('task', import.meta.glob(['./tasks/*.ts', '!./tasks/*.test.ts'], only));
export const samples = registry<SampleDefinition>(
  'sample',
  import.meta.glob(['./samples/*.ts', '!./samples/*.test.ts'], only),
);

export * from './definitions';
export * from './fields';
export * from './network';
export * from './settings';
export * from './settings-check';
