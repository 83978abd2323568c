/**
 * The fields of runs: what the table can show, sort and group by, and what its query can ask. Facts are the same for all runs;
 * settings and metrics are those that the runs at hand have. Each has a key, shorter names, words and a way to be read.
 */
import type { RunSummary, Text } from '../contract';
import { factFields } from './run-facts';
import { metricFields } from './run-metric-fields';
import { settingFields } from './run-setting-fields';

export type RunFieldKind = 'text' | 'number' | 'share' | 'choice' | 'toggle' | 'time' | 'duration' | 'tags';
export type RunValue = string | number | boolean | readonly string[] | null;

/** What a run's fields are read with. */
export interface RunContext {
  readonly projectName: (id: string) => string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface RunField {
  /** Unique: `learningRate`, `validation.accuracy`, `last.loss`. */
  readonly key: string;
  /** Shorter names, as people write them. */
  readonly names: readonly string[];
  readonly kind: RunFieldKind;
  readonly group: 'fact' | 'setting' | 'metric';
  readonly label: Text;
  readonly help?: Text;
  /** Values that it can have, where there are only a few. */
  readonly options?: readonly { readonly value: string; readonly label: Text }[];
  /** Of figures that can be compared. */
  readonly better?: 'higher' | 'lower';
  readonly read: (run: RunSummary, context: RunContext) => RunValue;
  /** The epoch that the value is of. */
  readonly epoch?: (run: RunSummary) => number | null;
}

/** @param runs those at hand, deleted and archived ones too. */
export function runFields(runs: readonly RunSummary[]): readonly RunField[] {
  return [...factFields, ...metricFields(runs), ...settingFields(runs)];
}

/** Of two fields that a word may mean, the one before is meant. */
export class RunFieldNames {
  readonly #byName = new Map<string, RunField>();

  constructor(readonly all: readonly RunField[]) {
    for (const field of all) {
      for (const name of [field.key, ...field.names]) {
        if (!this.#byName.has(plain(name))) this.#byName.set(plain(name), field);
      }
    }
  }

  /** Upper and lower case, `_` and `-` count the same; `val_acc` is `validation.accuracy`. */
  find(name: string): RunField | null {
    return this.#byName.get(plain(name)) ?? this.#byName.get(plain(metricName(name))) ?? null;
  }

  /** Names that are nearly this one, the nearest first. */
  similar(name: string): readonly string[] {
    const wanted = [plain(name), plain(metricName(name))];
    const near = this.all.flatMap((field) =>
      [field.key, ...field.names].map((one) => {
        const far = Math.min(...wanted.map((text) => distance(text, plain(one))));
        return { one, far, key: field.key };
      }),
    );
    const most = Math.max(1, Math.floor(plain(name).length / 3));
    const begins = (one: string) => name.length > 2 && wanted.some((text) => plain(one).startsWith(text));
    const close = near.filter(({ one, far }) => far <= most || begins(one));
    close.sort((a, b) => a.far - b.far);
    const seen = new Set<string>();
    return close.flatMap(({ one, key }) => (seen.has(key) ? [] : (seen.add(key), [one]))).slice(0, 3);
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_\-\s]/g, '');
}

const shortMetrics: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  mae: 'mean-absolute-error',
  rmse: 'root-mean-squared-error',
  mase: 'mean-absolute-scaled-error',
  f1: 'macro-f1',
  auc: 'roc-auc',
  r2: 'r-squared',
};

/** `val_acc` → `validation.accuracy`, `last_val_loss` → `last.validation.loss`, `train_loss` → `loss`. */
export function metricName(name: string): string {
  const parts = /^(?:(last|best)[._-]?)?(?:(val|valid|validation|train|training|test)[._-]?)?(.+)$/i.exec(name);
  const [, when = '', part = '', metric = ''] = parts ?? [];
  const where = /^val/i.test(part) ? 'validation.' : /^test/i.test(part) ? 'test.' : '';
  return `${/^last/i.test(when) ? 'last.' : ''}${where}${shortMetrics[metric.toLowerCase()] ?? metric}`;
}

/** Letters to change, add or take away (Levenshtein), neighbours that changed places counting as one. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
