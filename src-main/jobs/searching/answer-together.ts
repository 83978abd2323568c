/**
 * Several of the best trials as one network, whose answer is the mean of theirs: chosen on the validation rows, kept as a finished
 * run with a saved model, and only then measured on the test rows.
 */
import { tasks, together, type SearchConfiguration } from '../../catalog';
import type { Search, SearchOutcome } from '../../contract';
import { buildModel } from '../../engine/build';
import { beginning } from '../../engine/fit-reports';
import { addSums, metricValues } from '../../engine/measure';
import { pretrainedFrom } from '../../engine/pretrained';
import type { Step, Sums } from '../../engine/step';
import { batches } from '../../engine/training-data';
import { ownWeights, setModelWeights } from '../../engine/weights';
import { getVersion } from '../../storage/datasets';
import { newId } from '../../storage/ids';
import { freeRunName } from '../../storage/names';
import { createRun, startRun } from '../../storage/runs';
import { togetherOf } from '../../storage/searches';
import type { TrialWeights } from '../../storage/trial-weights';
import { keepEpoch } from '../training/keeping';
import { measureTest } from '../training/measure-test';
import { RunRecord } from '../training/run-record';
import { openTrainedPart } from '../training/trained-part';
import { trainingData } from '../training/training-data';
import { makeStep, measuresOf, type TrainingStep } from '../training/training-step';
import { chooseMembers, outputsOf, type Candidate } from './choose-members';
import { openTrial, type SearchSession } from './search-session';

type Opened = Awaited<ReturnType<typeof openTrial>>;

/** A trial whose weights are kept. */
interface Member {
  readonly number: number;
  readonly run: SearchConfiguration;
  readonly kept: TrialWeights;
}

/** @returns null where no mean of several is better on the validation rows than the best alone */
export async function answerTogether(session: SearchSession, search: Search): Promise<SearchOutcome['together']> {
  const { record, plan } = session;
  const { best } = record;
  if (!best) return null;
  const opened = await openTrial(session, best.values);
  const members = await alikePrepared(session, opened, best.number);
  if (members.length < 2) return null;
  const candidates: Candidate[] = [];
  const bytes = new Map<number, ReadonlyMap<string, Uint8Array>>();
  const judged = {
    ...{ plan, tf: session.loaded.tf, measures: measuresOf({ run: opened.run, prepared: opened.opened }) },
    ...{ data: trainingData(opened.opened), rows: opened.opened.parts.validation },
  };
  for (const member of members) {
    const model = openMember(session, opened, member);
    try {
      candidates.push({ number: member.number, outputs: await outputsOf(judged, model, session.control) });
      bytes.set(member.number, bytesByLayer(model, member.kept.weights));
    } finally {
      model.dispose();
    }
  }
  const chosen = chooseMembers(judged, candidates, plan.finish.together);
  if (chosen.members.length < 2) return null;
  const taken = chosen.members.flatMap((number) => members.filter((member) => member.number === number));
  // One that was interrupted after this was done comes to the same again.
  const made = togetherOf(session.context.library.db, search.id, numbersOf(taken));
  const runId = made ?? (await keepAsRun(session, search, opened, { members: taken, bytes }));
  return { runId, members: [...chosen.members], value: chosen.value, alone: chosen.alone };
}

/** Of trials with the best one's preparation, itself first. */
async function alikePrepared(session: SearchSession, best: Opened, number: number): Promise<Member[]> {
  const members: Member[] = [];
  for (const kept of session.record.candidates()) {
    const trial = session.record.trials.find((one) => one.number === kept.number);
    const { run } = trial ? await openTrial(session, trial.values) : { run: null };
    const isAlike = run && JSON.stringify(run.data) === JSON.stringify(best.run.data);
    if (isAlike) members.push({ number: kept.number, run, kept });
  }
  return members.sort((a, b) => Number(b.number === number) - Number(a.number === number) || a.number - b.number);
}

function openMember({ loaded: { tf }, context }: SearchSession, { opened }: Opened, { run, kept }: Member) {
  const outputs = tasks.get(run.data.task).outputs(opened.target);
  const pretrained = pretrainedFrom(context.resources, opened.normalization);
  const model = buildModel(tf, run.network, opened.inputShape, outputs, 0, pretrained);
  setModelWeights(tf, model, kept.weights);
  return model;
}

type Layers = TrainingStep['model'];

/** A model's weights lie layer by layer, but a network of branches has its layers in another order than each branch alone. */
function bytesByLayer(model: Layers, weights: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  let at = 0;
  for (const { name, size } of layerSizes(model)) {
    found.set(name, weights.subarray(at, at + size));
    at += size;
  }
  return found;
}

/** Bytes of each layer's own weights, in the order of the model. */
function layerSizes(model: Layers): { readonly name: string; readonly size: number }[] {
  const own = new Set(ownWeights(model));
  return model.layers.map((layer) => {
    const weights = layer.weights.filter((weight) => own.has(weight));
    const counts = weights.map(({ shape }) => shape.reduce<number>((product, side) => product * (side ?? 1), 1));
    return { name: layer.name, size: 4 * counts.reduce((sum, count) => sum + count, 0) };
  });
}

interface Taken {
  readonly members: readonly Member[];
  readonly bytes: ReadonlyMap<number, ReadonlyMap<string, Uint8Array>>;
}

/** @returns the run's id */
async function keepAsRun(session: SearchSession, search: Search, best: Opened, taken: Taken): Promise<string> {
  const { context, control, loaded, plan } = session;
  const { network, ids } = together(
    taken.members.map(({ number, run }) => ({ name: `${search.name} ${number}`, network: run.network })),
  );
  // Nothing is trained: one epoch stands for the mean as it is.
  const { settings } = best.run;
  const configuration = { data: best.run.data, network, settings: { ...settings, epochs: 1, augmentation: [] } };
  const prepared = best.opened;
  const unlogged = { log: () => undefined };
  const part = await openTrainedPart({ run: configuration, context, record: unlogged, control, prepared }, loaded.tf);
  if (!part) throw new Error('A network of branches has no frozen beginning to stop in');
  try {
    const made = makeStep({ run: configuration, prepared, part, loaded, resources: context.resources });
    try {
      await fillStep(made, taken, ids);
      const run = createTogether(session, search, configuration, taken.members);
      const { db } = context.library;
      const { parameterCount, engine } = made;
      startRun(db, run.id, { backend: loaded.backend, parameterCount, jobId: context.jobId, engine });
      const record = new RunRecord(context.library, run, () => undefined);
      record.log('from-search-together', {
        search: search.name,
        trials: numbersOf(taken.members),
      });
      const kept = { run, record, prepared };
      await keepEpoch(kept, made.step, await reportOf(session, kept, made.step, plan.metric));
      await measureTest({ ...kept, context, part, loaded, measures: measuresOf(kept) });
      record.end('finished');
      return run.id;
    } finally {
      made.step.dispose();
    }
  } finally {
    await part.close();
  }
}

/** As the run's record names them. */
function numbersOf(members: readonly Member[]): string {
  return members.map(({ number }) => number).join(', ');
}

function createTogether(
  { context: { library }, record }: SearchSession,
  { id, name, projectId }: Search,
  configuration: SearchConfiguration,
  members: readonly Member[],
) {
  const { db } = library;
  const watch = { ...configuration.settings.watch, best: record.plan.metric };
  return createRun(db, {
    ...{ id: newId(), projectId, datasetName: getVersion(db, configuration.data.versionId).datasetName },
    ...{ ...configuration, settings: { ...configuration.settings, watch } },
    name: freeRunName(db, `${name}-together-${members.length}`),
    search: { id, trial: null },
  });
}

/** Puts the members' weights into the step, with the optimizer as at its beginning. */
async function fillStep(
  { step, model }: TrainingStep,
  { members, bytes }: Taken,
  ids: ReturnType<typeof together>['ids'],
) {
  const from = new Map<string, Uint8Array>();
  for (const [at, { number }] of members.entries()) {
    for (const [layer, values] of bytes.get(number) ?? []) from.set(ids[at]?.get(layer) ?? layer, values);
  }
  const state = await step.readState();
  const tensors = new Uint8Array(state.tensors);
  let at = 0;
  for (const { name, size } of layerSizes(model)) {
    const values = from.get(name);
    if (size !== (values?.byteLength ?? 0))
      throw new Error(`Layer ${name} has ${size} bytes of weights, not those kept`);
    if (values) tensors.set(values, at);
    at += size;
  }
  step.writeState({ ...state, tensors });
}

/** What the mean is worth on training and validation rows, as an epoch says it. */
async function reportOf(
  session: SearchSession,
  { run, prepared }: Parameters<typeof keepEpoch>[0],
  step: Step,
  metric: string,
): Promise<Parameters<typeof keepEpoch>[2]> {
  const { metrics } = measuresOf({ run, prepared });
  const began = session.control.workingTime();
  const values: Record<string, number> = {};
  for (const part of ['training', 'validation'] as const) {
    const sums: Sums[] = [];
    for (const piece of batches(prepared.parts[part], step.evaluationRows)) {
      await session.control.between();
      sums.push(step.evaluate(piece));
    }
    Object.assign(values, metricValues(addSums(sums, metrics.length), metrics, part));
  }
  const seconds = Math.max(0.001, (session.control.workingTime() - began) / 1000);
  const name = `validation.${metric}`;
  const best = { metric: name, value: values[name] ?? NaN, epoch: 1 };
  const examples = prepared.parts.training.length + prepared.parts.validation.length;
  return {
    epoch: { epoch: 1, metrics: values, seconds, examplesPerSecond: examples / seconds },
    ...{ batches: [], position: { ...beginning, epoch: 1, best }, better: true },
  };
}
