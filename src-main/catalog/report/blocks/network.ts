/** The network of each run, layer by layer with shapes and parameters. */
import { checkNetwork } from '../../network';
import { tasks } from '../../index';
import { markup, type Html } from '../html';
import type { ReportBlockDefinition } from '../report-block';
import type { ReportedRun, Words } from '../report-facts';
import { layerText } from './differences';

export const definition: ReportBlockDefinition = {
  id: 'network',
  order: 8,
  label: { en: 'Network', zh: '网络' },
  about: {
    en: 'The layers of each run with their output shapes and parameters.',
    zh: '每次运行的各层及其输出形状和参数量。',
  },
  isOfSeveral: false,
  asks: null,
  isUsual: true,
  render(facts, words) {
    // Runs with the same network share one table.
    return markup`${groupsOf(facts.runs).map((runs) => table(runs, words))}`;
  },
};

function groupsOf(runs: readonly ReportedRun[]): ReportedRun[][] {
  const groups = new Map<string, ReportedRun[]>();
  for (const one of runs) {
    const key = JSON.stringify([one.run.network, one.prepared?.inputShape]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function table(runs: readonly ReportedRun[], words: Words): Html {
  const [first] = runs;
  if (!first) return markup``;
  const { run, prepared, evaluation } = first;
  const outputs = evaluation && tasks.has(run.data.task) ? tasks.get(run.data.task).outputs(evaluation.target) : null;
  const checked = prepared && outputs !== null ? checkNetwork(run.network, prepared.inputShape, outputs) : null;
  const names = runs.map((one) => one.run.name).join(', ');
  const rows = run.network.layers.map((layer, place) => {
    const known = checked?.layers[place];
    return markup`<tr><th scope="row">${place + 1}. ${layerText(layer, words)}</th><td>${known?.outputShape?.join(' × ') ?? '–'}</td><td>${known ? words.number(known.parameters.trainable + known.parameters.fixed) : '–'}</td></tr>`;
  });
  const total = run.parameterCount === null ? '–' : words.number(run.parameterCount);
  return markup`<div class="scroll"><table>
    <caption>${words.text({ en: `Network of ${names}`, zh: `${names} 的网络` })}</caption>
    <thead><tr><th scope="col">${words.text({ en: 'Layer', zh: '层' })}</th><th scope="col">${words.text({ en: 'Output shape', zh: '输出形状' })}</th><th scope="col">${words.text({ en: 'Parameters', zh: '参数量' })}</th></tr></thead>
    <tbody>${rows}</tbody>
    <tfoot><tr><th scope="row">${words.text({ en: 'All', zh: '合计' })}</th><td></td><td>${total}</td></tr></tfoot>
  </table></div>`;
}
