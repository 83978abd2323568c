/** A registry of one kind of definition, filled from a folder: a new file is a new definition, and nothing else changes. */
import { CodedError } from '../contract';

export interface Registry<D extends { readonly id: string }> {
  readonly all: readonly D[];
  /** @throws CodedError `definition-unknown` */
  get(id: string): D;
  has(id: string): boolean;
}

/**
 * @param kind names the kind in errors ("layer").
 * @param modules what `import.meta.glob('./folder/*.ts', { eager: true, import: 'definition' })` gives.
 */
export function registry<D extends { readonly id: string }>(
  kind: string,
  modules: Record<string, unknown>,
): Registry<D> {
  const byId = new Map<string, D>();
  for (const [path, definition] of Object.entries(modules)) {
    // Tests lie beside definitions and export none.
    if (path.endsWith('.test.ts')) continue;
    const checked = definition as D | undefined;
    if (!checked) throw new Error(`${path} does not export \`definition\``);
    if (byId.has(checked.id)) throw new Error(`Two ${kind} definitions have the id "${checked.id}"`);
    byId.set(checked.id, checked);
  }
  return {
    all: [...byId.values()],
    has: (id) => byId.has(id),
    get(id) {
      const definition = byId.get(id);
      if (!definition) throw new CodedError('definition-unknown', { kind, id, known: [...byId.keys()].join(', ') });
      return definition;
    },
  };
}
