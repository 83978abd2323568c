/** Runs that begin with what an earlier one had learnt: checked, so that its weights fit, and saved. */
import {
  checkNetwork,
  firstLayerDifference,
  optimizers,
  parseFields,
  requireValidNetwork,
  requireValidSettings,
  tasks,
} from '../catalog';
import {
  CodedError,
  examplesIn,
  type BranchInput,
  type DataSetup,
  type Run,
  type Target,
  type TrainingSettings,
} from '../contract';
import { createBranch, keptEpochs } from '../storage/branches';
import { getVersion } from '../storage/datasets';
import { newId } from '../storage/ids';
import { freeRunName } from '../storage/names';
import { getProject } from '../storage/projects';
import { adjustRun } from '../storage/run-adjust';
import { appendLastEvent, getRun, type NewRun } from '../storage/runs';
import type { ServiceContext } from './context';
import { usedSetup } from './edits';

/** @throws CodedError `branch-…` where what was learnt does not fit; as `saveRun`; no run is saved then */
export async function saveBranch(context: ServiceContext, input: BranchInput): Promise<Run> {
  const { db } = context.library;
  const parent = getRun(db, input.runId);
  const epoch = keptEpoch(context, parent, input.epoch);
  const setup = await setupOf(context, parent, input);
  const { rows } = await requireFit(context, parent, setup, input);
  const done = input.withOptimizer ? epoch : 0;
  const settings = branchSettings(setup.settings, input.changes, done);
  requireValidSettings(settings, setup.data.task);
  const name =
    input.name ?? freeRunName(db, `${parent.name.replace(/-from-\d+(-\d+)?$/, '').slice(0, 180)}-from-${epoch}`);
  const differs = (...parts: (keyof typeof settings)[]) =>
    parts.some((part) => JSON.stringify(settings[part]) !== JSON.stringify(parent.settings[part]));
  const branch = createBranch(db, {
    run: { ...setup, id: newId(), projectId: parent.projectId, name, settings },
    parent: { runId: parent.id, name: parent.name, epoch, withOptimizer: input.withOptimizer },
    judgesAnew: differs('loss', 'watch'),
    waitsAnew: differs('loss', 'watch', 'earlyStopping', 'learningRate', 'batchSize'),
  });
  if (input.withOptimizer && settings.batchSize !== parent.settings.batchSize) {
    adjustRun(db, branch.id, { settings, stepsPerEpoch: Math.ceil(rows / settings.batchSize) });
  }
  const code = input.withOptimizer ? 'branched' : 'branched-weights';
  appendLastEvent(db, branch.id, { time: Date.now(), level: 'info', code, parameters: { name: parent.name, epoch } });
  context.notify('projects-changed');
  return getRun(db, branch.id);
}

/** @param done epochs that the branch begins with; of those that are left at least one is trained */
function branchSettings(before: TrainingSettings, { epochs, ...changes }: BranchInput['changes'], done: number) {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const total = epochs === undefined ? Math.max(before.epochs, done + 1) : done + epochs;
  return { ...before, ...given, epochs: total };
}

/** @throws CodedError `branch-epoch-not-kept` */
function keptEpoch({ library }: ServiceContext, run: Run, wanted: BranchInput['epoch']): number {
  const kept = keptEpochs(library.db, run.id);
  const found = kept.find(({ epoch, isBest, isLast }) => {
    return wanted === 'best' ? isBest : wanted === 'last' ? isLast : epoch === wanted;
  });
  if (found) return found.epoch;
  const list = kept.map(({ epoch }) => epoch).toReversed();
  const parameters = { name: run.name, epoch: wanted, kept: list.length > 0 ? list.join(', ') : '–' };
  throw new CodedError('branch-epoch-not-kept', parameters);
}

type Setup = Pick<NewRun, 'data' | 'network' | 'settings' | 'datasetName'>;

/** @throws CodedError `task-unfit` */
async function setupOf(context: ServiceContext, parent: Run, { setup }: BranchInput): Promise<Setup> {
  if (setup === 'run') {
    const { data, network, settings, datasetName } = parent;
    return { data, network, settings, datasetName };
  }
  const { db } = context.library;
  const { data, network, settings } = getProject(db, parent.projectId);
  if (!data || !network || !settings) throw new CodedError('task-unfit');
  const used = await usedSetup(context, data);
  return { data: used, network, settings, datasetName: getVersion(db, used.versionId).datasetName };
}

/**
 * @returns rows that the branch trains on
 * @throws CodedError `branch-data-differ`, `branch-target-differs`, `branch-layer-differs`, `branch-optimizer-differs`
 */
async function requireFit(context: ServiceContext, parent: Run, setup: Setup, { withOptimizer }: BranchInput) {
  const { name } = parent;
  const task = tasks.get(setup.data.task);
  const isOther = JSON.stringify(setup.data) !== JSON.stringify(parent.data);
  if (isOther && withOptimizer) throw new CodedError('branch-data-differ', { name });
  const [was, is] = [parent.settings.optimizer, setup.settings.optimizer];
  if (withOptimizer && slotsOf(was) !== slotsOf(is)) {
    throw new CodedError('branch-optimizer-differs', { name, was: was.type, is: is.type });
  }
  const now = await describe(context, setup.data);
  const outputs = task.outputs(now.target);
  requireValidNetwork(setup.network, now.inputShape, outputs, now.codes);
  const before = isOther ? await describe(context, parent.data) : now;
  const targets = [before.target, now.target].map(targetWords);
  if (targets[0] !== targets[1]) {
    throw new CodedError('branch-target-differs', { name, was: targets[0] ?? '', is: targets[1] ?? '' });
  }
  const [old, fresh] = [
    checkNetwork(parent.network, before.inputShape, tasks.get(parent.data.task).outputs(before.target), before.codes),
    checkNetwork(setup.network, now.inputShape, outputs, now.codes),
  ];
  const difference = firstLayerDifference(old, fresh);
  if (difference) throw new CodedError('branch-layer-differs', { name, ...difference });
  return { rows: examplesIn(now).training };
}

/** What an optimizer keeps of each weight. */
function slotsOf({ type, fields }: TrainingSettings['optimizer']): string {
  const definition = optimizers.get(type);
  return definition.slots(parseFields(definition.fields, fields, type)).join();
}

function describe({ library, data }: ServiceContext, setup: DataSetup) {
  return data.describe(getVersion(library.db, setup.versionId), setup);
}

/** What outputs mean: their classes in order, else their kind. */
function targetWords(target: Target): string {
  return 'classes' in target ? target.classes.join(', ') : target.kind;
}
