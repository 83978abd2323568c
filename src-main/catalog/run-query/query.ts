/**
 * The query of runs: `lr < 0.01 and val_acc > 0.9`. Conditions are comparisons and plain words, which are looked for in names,
 * notes and what else is read there; side by side all must hold. `not` binds more than `and`, `and` more than `or`.
 */
import type { RunSummary } from '../../contract';
import { RunFieldNames, type RunContext } from '../run-fields';
import { comparisonMatch } from './comparison';
import { QueryError, type QueryProblem } from './problem';
import { jointOf, tokensOf, type Token } from './tokens';

export type RunMatch = (run: RunSummary, context: RunContext) => boolean;

export interface RunQuery {
  readonly matches: RunMatch;
  /** What is wrong; runs are then matched by nothing, and all of them fit. */
  readonly problem: QueryProblem | null;
}

export function parseRunQuery(query: string, names: RunFieldNames): RunQuery {
  try {
    return { matches: new Parser(query, names).whole(), problem: null };
  } catch (error) {
    if (error instanceof QueryError) return { matches: () => true, problem: error.problem };
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(
    private readonly query: string,
    private readonly names: RunFieldNames,
  ) {
    this.#tokens = tokensOf(query);
    const unended = this.#tokens.find((token) => token.unended);
    if (unended) throw problem('quote-missing', unended);
  }

  whole(): RunMatch {
    if (this.#tokens.length === 0) return () => true;
    const match = this.#either();
    const spare = this.#next;
    if (spare) throw problem('bracket-spare', spare);
    return match;
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #either(): RunMatch {
    const parts = [this.#all()];
    while (jointOf(this.#next) === 'or') {
      this.#at += 1;
      parts.push(this.#all());
    }
    return parts.length === 1 && parts[0] ? parts[0] : (run, context) => parts.some((match) => match(run, context));
  }

  #all(): RunMatch {
    const parts = [this.#single()];
    for (;;) {
      if (jointOf(this.#next) === 'and') this.#at += 1;
      else if (!this.#next || this.#next.kind === 'close' || jointOf(this.#next) === 'or') break;
      parts.push(this.#single());
    }
    return parts.length === 1 && parts[0] ? parts[0] : (run, context) => parts.every((match) => match(run, context));
  }

  #single(): RunMatch {
    const token = this.#next;
    if (!token || token.kind === 'close' || jointOf(token) === 'and' || jointOf(token) === 'or') {
      throw problem('condition-missing', token ?? { from: this.query.length, to: this.query.length });
    }
    this.#at += 1;
    if (jointOf(token) === 'not') {
      const match = this.#single();
      return (run, context) => !match(run, context);
    }
    if (token.kind === 'open') return this.#bracket(token);
    if (token.kind === 'sign') throw problem('condition-missing', { from: token.from, to: token.from });
    return this.#next?.kind === 'sign' ? this.#comparison(token) : words(token.text);
  }

  #bracket(open: Token): RunMatch {
    const match = this.#either();
    if (this.#next?.kind !== 'close') throw problem('bracket-missing', open);
    this.#at += 1;
    return match;
  }

  #comparison(name: Token): RunMatch {
    const field = this.names.find(name.text);
    if (!field) {
      throw problem('field-unknown', name, { name: name.text }, this.names.similar(name.text));
    }
    const sign = this.#next;
    this.#at += 1;
    const value = this.#next;
    if (!sign || (value?.kind !== 'word' && value?.kind !== 'quoted')) {
      const place = value ?? { from: this.query.length, to: this.query.length };
      const suggestions = field.options?.slice(0, 5).map((option) => option.value) ?? [];
      throw problem('value-missing', { from: place.from, to: place.from }, { name: name.text }, suggestions);
    }
    this.#at += 1;
    return comparisonMatch({ field, name, sign, value });
  }
}

const searched = new WeakMap<RunSummary, string>();

function words(text: string): RunMatch {
  const wanted = text.toLowerCase();
  return (run) => {
    let known = searched.get(run);
    if (known === undefined) {
      const { name, note, datasetName, state, tags, values } = run;
      known = [name, note, datasetName, state, ...tags, values['optimizer'] ?? '', values['network'] ?? '']
        .join('\n')
        .toLowerCase();
      searched.set(run, known);
    }
    return known.includes(wanted);
  };
}

function problem(
  code: QueryProblem['code'],
  { from, to }: { readonly from: number; readonly to: number },
  parameters: QueryProblem['parameters'] = {},
  suggestions: readonly string[] = [],
): QueryError {
  return new QueryError({ code, parameters, from, to, suggestions });
}
