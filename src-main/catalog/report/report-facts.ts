/** What a report is made of: everything that is known of its runs, gathered once, and the words of a language. */
import type {
  DatasetVersion,
  Epoch,
  Evaluation,
  FieldValues,
  Locale,
  Run,
  Shape,
  TestComparison,
  Text,
} from '../../contract';

export interface ReportedRun {
  readonly run: Run;
  readonly tags: readonly string[];
  readonly epochs: readonly Epoch[];
  /** Null before it was tested. */
  readonly evaluation: Evaluation | null;
  readonly diagnoses: readonly { readonly text: Text; readonly next: Text }[];
  /** Data, network and settings as flat values. */
  readonly values: FieldValues;
  /** The version that it was trained on; null where it was deleted. */
  readonly version: Pick<DatasetVersion, 'id' | 'datasetName' | 'number' | 'rowCount' | 'source' | 'columns'> | null;
  /** Of one prepared example, and how each input was prepared; null without a saved model. */
  readonly prepared: { readonly inputShape: Shape; readonly inputs: readonly PreparedInput[] } | null;
}

export interface PreparedInput {
  readonly column: string;
  readonly how: Text;
}

export interface ReportFacts {
  readonly runs: readonly ReportedRun[];
  /** Null for one run. */
  readonly comparison: TestComparison | null;
  /** Milliseconds since 1970. */
  readonly made: number;
  /** Version of the app. */
  readonly app: string;
}

/** The language of a report. */
export class Words {
  constructor(readonly locale: Locale) {}

  text(words: Text): string {
    return words[this.locale];
  }

  number(value: number): string {
    if (!Number.isFinite(value)) return '–';
    const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: Math.abs(value) >= 1000 ? 7 : 4 };
    return new Intl.NumberFormat(this.locale, digits).format(value);
  }

  percent(share: number): string {
    const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    return new Intl.NumberFormat(this.locale, { style: 'percent', ...digits }).format(share);
  }

  date(time: number): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'long', timeStyle: 'short' }).format(time);
  }
}
