/** `--forecast name=value,…`: how far a forecast reads and says, over what the setup has. */
import { CodedError, forecastChoicesSchema, type DataSetup, type ForecastChoices } from '../contract';

const FORM = 'is not of the form window=24,horizon=12,season=12,time=COLUMN,series=COLUMN,covariates=COLUMN;COLUMN';

/** For `--help` of commands that take it. */
export const forecastOption = [
  '--forecast <name=value,…>',
  'of a forecast: window=, horizon=, season=, time=, series=, covariates=COLUMN;COLUMN',
] as const;

/** @throws CodedError `argument-invalid`; whether the data has the columns is found out when they are read */
export function parseForecast(text: string, { forecast }: Pick<DataSetup, 'forecast'>): ForecastChoices {
  const begun = { time: null, series: null, covariates: [], window: null, horizon: null, season: null, ...forecast };
  const written = text.split(',').map((part): [string, unknown] => {
    const [, name = '', value = ''] = /^\s*(\w+)=(.*)$/.exec(part) ?? [];
    if (!Object.hasOwn(begun, name)) throw new CodedError('argument-invalid', { name: text, detail: FORM });
    if (name === 'covariates') return [name, value.split(';').filter((column) => column !== '')];
    return [name, name === 'time' || name === 'series' ? value || null : Number(value)];
  });
  const parsed = forecastChoicesSchema.safeParse({ ...begun, ...Object.fromEntries(written) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CodedError('argument-invalid', {
    name: text,
    detail: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? FORM}`,
  });
}
