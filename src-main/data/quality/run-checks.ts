/** Runs every check over a version and puts what they found in order, the gravest first. */
import {
  CodedError,
  describeError,
  MOST_FOUND_ROWS,
  severitySchema,
  toWireError,
  type Finding,
  type Locale,
  type QualityReport,
  type Text,
} from '../../contract';
import type { CheckDefinition, Found } from './check';
import type { CheckWatch, QualityData } from './quality-data';

const modules = import.meta.glob<CheckDefinition>(['./checks/*.ts', '!./checks/*.test.ts'], {
  eager: true,
  import: 'definition',
});

/** By id, so that reports of the same data are the same. */
export const checks: readonly CheckDefinition[] = Object.values(modules).sort((one, other) =>
  one.id < other.id ? -1 : 1,
);

export interface ChecksWatch {
  readonly signal: AbortSignal;
  /** @param place of the check that runs, with the share of it that is done. */
  progress(place: number): void;
}

/** A check that does not suit the data, in its report. */
const unsuited: Text = { en: 'Does not apply to this data', zh: '不适用于该数据' };

/** @throws the signal's reason where it is aborted; CodedError as reading the version does. */
export async function runChecks(
  data: QualityData,
  { signal, progress }: ChecksWatch,
): Promise<Pick<QualityReport, 'checks' | 'findings'>> {
  const findings: Finding[] = [];
  const done: QualityReport['checks'] = [];
  for (const [place, check] of checks.entries()) {
    const { id, label } = check;
    const fits = check.fits(data);
    progress(place);
    // Lets a cancel in.
    await new Promise(setImmediate);
    signal.throwIfAborted();
    const watch = {
      signal,
      progress: (count: number, total: number) => progress(place + (total > 0 ? count / total : 0)),
    };
    const { found, problem } = fits ? await attempt(check, data, watch) : { found: [], problem: null };
    findings.push(...found.map((one, number) => complete(check, one, number + 1)));
    done.push({ id, label, findings: found.length, skipped: fits ? problem : (check.whyNot?.(data) ?? unsuited) });
  }
  return { checks: done, findings: inOrder(findings, data.rows) };
}

/** What a check could not read is told in its place; the others go on. */
async function attempt(
  check: CheckDefinition,
  data: QualityData,
  watch: CheckWatch,
): Promise<{ found: Found[]; problem: Text | null }> {
  try {
    return { found: await check.run(data, watch), problem: null };
  } catch (error) {
    if (!(error instanceof CodedError) || watch.signal.aborted) throw error;
    const words = (locale: Locale) => describeError(toWireError(error), locale).message;
    return { found: [], problem: { en: words('en'), zh: words('zh') } };
  }
}

function complete({ id, label, help }: CheckDefinition, found: Found, number: number): Finding {
  const rows = found.rows ?? [];
  return {
    id: `${id}-${number}`,
    check: id,
    label,
    help,
    severity: found.severity,
    sentence: found.sentence,
    columns: found.columns ?? [],
    count: found.count ?? rows.length,
    rows: rows.slice(0, MOST_FOUND_ROWS),
    partners: (found.partners ?? []).slice(0, MOST_FOUND_ROWS),
    suggested: found.suggested
      ? { column: found.suggested.column, values: found.suggested.values.slice(0, MOST_FOUND_ROWS) }
      : null,
    fixes: found.fixes ?? [],
  };
}

/** By severity, then by how much of the data is concerned; a whole column counts as all rows. */
function inOrder(findings: readonly Finding[], rows: number): Finding[] {
  const grave = ({ severity }: Finding) => severitySchema.options.indexOf(severity);
  const size = ({ count }: Finding) => (count === 0 ? rows : count);
  return [...findings].sort((one, other) => grave(one) - grave(other) || size(other) - size(one));
}
