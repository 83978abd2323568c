/** The metrics, in a place of their own: settings offer them as choices before the whole catalog is loaded. */
import type { MetricDefinition } from './definitions';
import { registry } from './registry';

export const metrics = registry<MetricDefinition>(
  'metric',
  import.meta.glob(['./metrics/*.ts', '!./metrics/*.test.ts'], { eager: true, import: 'definition' }),
);
