/** What a caution is: a rule that looks at a training before it is started and says what is likely to go wrong, and what next. */
import type {
  DataSetup,
  ForecastFacts,
  NetworkSpec,
  Preflight,
  Shape,
  SplitCounts,
  Target,
  Text,
  TrainingSettings,
} from '../contract';
import type { Definition } from './definition-parts';

/** What is known before a start. */
export interface TrainingFacts {
  readonly data: DataSetup;
  readonly network: NetworkSpec;
  readonly settings: TrainingSettings;
  readonly description: {
    readonly counts: SplitCounts;
    readonly target: Target;
    /** Rows per class and part, in class order. */
    readonly classCounts: readonly SplitCounts[];
    readonly inputShape: Shape;
    readonly codes: number | null;
    readonly forecast: ForecastFacts | null;
  };
  /** What was measured of this very training; null where nothing was. */
  readonly preflight: Preflight | null;
  /** Bytes that are free now; null where that is not known. */
  readonly room: { readonly memory: number; readonly disk: number } | null;
}

/** One click that changes what is to be trained, or opens the screen, and there the tab, where it is changed. */
export type Mend = { readonly label: Text } & (
  | { readonly settings: TrainingSettings }
  | { readonly data: DataSetup }
  | { readonly screen: 'data' | 'network'; readonly tab?: 'split' }
);

export interface Caution {
  /** What is so. */
  readonly text: Text;
  /** What comes of it, and what to do. */
  readonly next: Text;
  readonly repair?: Mend;
}

export interface CautionDefinition extends Definition {
  /** The lowest is told first. */
  readonly rank: number;
  /** Pure and quick: the window asks at every edit. */
  readonly check: (facts: TrainingFacts) => Caution | null;
}
