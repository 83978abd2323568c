/**
 * An optimizer's update as one kernel of TensorFlow per variable (`ResourceApply…`), which reads and writes the variable
 * and its slots in place. Scalars that change from step to step come in as one small vector.
 */
import type { FusedUpdate } from '../../catalog';
import { dataTypes } from './protobuf';
import type { GraphWriter } from './graph-writer';

const float = { T: { type: dataTypes.float32 } } as const;

/** What one variable's update refers to; all are names of nodes. */
export interface UpdatePlace {
  readonly name: string;
  readonly variable: string;
  readonly slots: Readonly<Record<string, string>>;
  readonly gradient: string;
  /** One float scalar node per `scalar` input of the update, in their order. */
  readonly scalars: readonly string[];
  /** Runs before the update: every gradient and output, so that no reader sees a half-changed variable. */
  readonly after: string;
}

/** @returns the name of the node that performs the update. */
export function writeUpdate(graph: GraphWriter, update: FusedUpdate, place: UpdatePlace): string {
  let scalar = 0;
  const inputs = update.inputs.map((input) => {
    if (input === 'gradient') return place.gradient;
    if ('slot' in input) return place.slots[input.slot] ?? '';
    return place.scalars[scalar++] ?? '';
  });
  const decayed = update.decay ? writeDecay(graph, place, place.scalars[scalar] ?? '') : place.after;
  return graph.add(update.op, `${place.name}/update`, [place.variable, ...inputs, `^${decayed}`], {
    ...float,
    use_locking: { bool: false },
    ...(update.nesterov === undefined ? {} : { use_nesterov: { bool: update.nesterov } }),
  });
}

/** θ ← θ · factor, before the gradient's own update: weight decay kept apart from the gradient. */
function writeDecay(graph: GraphWriter, { name, variable, after }: UpdatePlace, factor: string): string {
  const read = graph.add('ReadVariableOp', `${name}/undecayed`, [variable, `^${after}`], {
    dtype: { type: dataTypes.float32 },
  });
  const product = graph.add('Mul', `${name}/decayed`, [read, factor], float);
  return graph.add('AssignVariableOp', `${name}/decay`, [variable, product], { dtype: { type: dataTypes.float32 } });
}

/** The step-dependent scalars of an update, in the order `writeUpdate` takes them. */
export function scalarsOf(update: FusedUpdate, at: { readonly step: number; readonly learningRate: number }): number[] {
  const scalars = update.inputs.flatMap((input) =>
    typeof input === 'object' && 'scalar' in input ? [input.scalar(at)] : [],
  );
  return update.decay ? [...scalars, update.decay(at)] : scalars;
}
