/** What layers cost, in words. */
import type { CheckedLayer } from '../../../../src-main/catalog';
import { formatBytes, formatNumber, m } from '../../../i18n';

export function parametersOf(layers: readonly CheckedLayer[]): number {
  return layers.reduce((sum, { parameters }) => sum + parameters.trainable + parameters.fixed, 0);
}

/** Parameters, arithmetic and memory of layers together. */
export function figuresOf(layers: readonly CheckedLayer[]): string {
  return m.nodes_figures({
    parameters: formatNumber(parametersOf(layers)),
    multiplyAdds: formatNumber(layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0)),
    size: formatBytes(layers.reduce((sum, layer) => sum + layer.outputBytes, 0)),
  });
}
