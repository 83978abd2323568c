/** Names, explanations and values of searched fields in the chosen language, from the catalog's own definitions. */
import { searchableFields, type SearchableField } from '../../../src-main/catalog';
import type { FieldValue, SearchMeasure, SearchPlan } from '../../../src-main/contract';
import { formatBytes, formatNumber, m, text } from '../../i18n';

export interface FieldWords {
  /** With what it belongs to: "Layer 2: Dense · Units". */
  readonly label: string;
  /** The field first, for where there is little room: "Units · Layer 2: Dense". */
  readonly short: string;
  readonly help: string;
  /** What the configuration has. */
  readonly current: FieldValue | null;
  readonly format: (value: FieldValue | null) => string;
}

export function wordsOf(field: SearchableField): FieldWords {
  const [label, group] = [text(field.label), text(field.group)];
  const isPlain = label === group || field.path.startsWith('settings.');
  return {
    label: isPlain ? label : `${group} · ${label}`,
    short: isPlain ? label : `${label} · ${group}`,
    help: text(field.help),
    current: field.current,
    format: (value) => valueWords(field, value),
  };
}

/** Words by path; a field that the configuration no longer has stands by its path. */
export function fieldWords(plan: Pick<SearchPlan, 'data' | 'network' | 'settings'>): (path: string) => FieldWords {
  const byPath = new Map(searchableFields(plan).map((field) => [field.path, wordsOf(field)]));
  return (path) => byPath.get(path) ?? { label: path, short: path, help: '', current: null, format: plainWords };
}

function valueWords({ limits }: SearchableField, value: FieldValue | null): string {
  const option = limits.kind === 'choice' ? limits.values.find((one) => one.value === value) : undefined;
  return option ? text(option.label) : plainWords(value);
}

function plainWords(value: FieldValue | null): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? m.runs_yes() : m.runs_no();
  return typeof value === 'number' ? formatNumber(Number(value.toPrecision(4))) : value;
}

export const measureWords: Readonly<
  Record<
    SearchMeasure,
    { readonly label: () => string; readonly help: () => string; readonly format: (value: number) => string }
  >
> = {
  parameters: {
    label: m.search_measure_parameters,
    help: m.search_measure_parameters_help,
    format: (value) => formatNumber(value),
  },
  bytes: { label: m.search_measure_bytes, help: m.search_measure_bytes_help, format: formatBytes },
  latency: {
    label: m.search_measure_latency,
    help: m.search_measure_latency_help,
    format: (value) => m.search_milliseconds({ value: formatNumber(Number(value.toPrecision(3))) }),
  },
};
