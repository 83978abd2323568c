/**
 * The error model: a code, parameters that fill its words, and the words themselves (what went wrong and what to do
 * next) in one table per domain under `errors/`. Errors cross processes as code and parameters; words are chosen last.
 */
import { z } from 'zod';
import { anomalyErrors } from './errors/anomalies';
import { appErrors } from './errors/app';
import { assistErrors } from './errors/assist';
import { backboneErrors } from './errors/backbone';
import { branchErrors } from './errors/branches';
import { bringErrors } from './errors/bring';
import { captureErrors } from './errors/capture';
import { dataErrors } from './errors/data';
import { editorErrors } from './errors/editor';
import { forecastErrors } from './errors/forecasts';
import { intakeErrors } from './errors/intake';
import { labelErrors } from './errors/labels';
import { libraryErrors } from './errors/library';
import { markErrors } from './errors/marks';
import { networkErrors } from './errors/network';
import { portableErrors } from './errors/portable';
import { resumeErrors } from './errors/resume';
import { searchErrors } from './errors/searching';
import { seeErrors } from './errors/see';
import { soundErrors } from './errors/sound';
import { ratingErrors } from './errors/ratings';
import { textErrors } from './errors/texts';
import { splitErrors } from './errors/splits';
import { stepErrors } from './errors/steps';
import { trainingErrors } from './errors/training';
import { versionErrors } from './errors/versions';
import { fill, type Locale, type Text, type TextParameters } from './text';

/** What a code says: what, where and why in `message`; what to do next in `hint`. */
export interface ErrorWords {
  readonly message: Text;
  readonly hint: Text;
  /** By parameter, the words for what it may say, where these are the program's own, such as `training`. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, Text>>>>;
}

export const errorTable = {
  ...anomalyErrors,
  ...appErrors,
  ...labelErrors,
  ...libraryErrors,
  ...dataErrors,
  ...branchErrors,
  ...bringErrors,
  ...forecastErrors,
  ...intakeErrors,
  ...markErrors,
  ...captureErrors,
  ...ratingErrors,
  ...textErrors,
  ...splitErrors,
  ...networkErrors,
  ...backboneErrors,
  ...editorErrors,
  ...portableErrors,
  ...resumeErrors,
  ...searchErrors,
  ...seeErrors,
  ...soundErrors,
  ...stepErrors,
  ...trainingErrors,
  ...versionErrors,
  ...assistErrors,
} as const satisfies Record<string, ErrorWords>;

export type ErrorCode = keyof typeof errorTable;

export const wireErrorSchema = z.object({
  code: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** An error a person can act on. Thrown anywhere, it arrives in the window and the terminal unchanged. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly parameters: TextParameters;

  constructor(code: ErrorCode, parameters: TextParameters = {}, cause?: unknown) {
    super(`${code}: ${fill(errorTable[code].message, 'en', parameters)}`, { cause });
    this.name = 'CodedError';
    this.code = code;
    this.parameters = parameters;
  }
}

/** Turns anything thrown into what may cross a process boundary; the unforeseen becomes `unexpected` with its text. */
export function toWireError(error: unknown): WireError {
  if (error instanceof CodedError) return { code: error.code, parameters: { ...error.parameters } };
  if (isDiskFull(error)) return { code: 'disk-full', parameters: { path: error.path ?? 'library.sqlite' } };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', parameters: { detail } };
}

/** The file system's and SQLite's own words for it, wherever they come up. */
function isDiskFull(error: unknown): error is Error & { readonly path?: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/.test(code);
}

/** Errors that say nothing against what was being done: once the cause is gone, it goes on where it was. */
const outsideCauses = new Set<string>([
  'disk-full',
  'library-locked',
  'job-out-of-memory',
  'job-killed',
  'job-native-crash',
  'job-crashed',
  'app-ended',
] satisfies ErrorCode[]);

/** Whether a run that ended with this error can go on as it is. */
export function isOutsideCause(code: string): boolean {
  return outsideCauses.has(code);
}

/** Rebuilds an error on the other side of a boundary. */
export function fromWireError(wire: WireError): CodedError {
  return isErrorCode(wire.code)
    ? new CodedError(wire.code, wire.parameters)
    : new CodedError('unexpected', { detail: wire.code });
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}

/** The words for a person: one sentence or two of message, and the next step. */
export function describeError(wire: WireError, locale: Locale): { message: string; hint: string } {
  const words: ErrorWords = isErrorCode(wire.code) ? errorTable[wire.code] : errorTable.unexpected;
  const parameters = parametersIn(words, locale, wire.parameters);
  return { message: fill(words.message, locale, parameters), hint: fill(words.hint, locale, parameters) };
}

function parametersIn({ values = {} }: ErrorWords, locale: Locale, parameters: TextParameters): TextParameters {
  const inWords = Object.entries(values).flatMap(([name, texts]): [string, string][] => {
    const said = String(parameters[name]);
    const text = Object.hasOwn(texts, said) ? texts[said] : undefined;
    return text ? [[name, text[locale]]] : [];
  });
  return { ...parameters, ...Object.fromEntries(inWords) };
}
