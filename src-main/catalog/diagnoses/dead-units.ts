/** Units of ReLU that give 0 for every example: nothing flows back through them, so they stay so. */
import type { DiagnosisDefinition } from '../diagnosis-definitions';
import { layerName, percent, withLayers } from '../diagnosis-parts';

/**
 * Of a layer's units. Some that answer to none of a few hundred examples are usual, most where features are rare; when half of
 * a layer is silent, it is narrower than it was made to be.
 */
const DEAD = 0.5;

/** Of a handful of examples nothing can be said of a unit: half of them are silent for any one. */
const ENOUGH_EXAMPLES = 32;

export const definition: DiagnosisDefinition = {
  id: 'dead-units',
  label: { en: 'Dead units', zh: '失活单元' },
  help: {
    en: 'Units that give 0 whatever they are shown learn no more: the layer is as if it were smaller.',
    zh: '无论看到什么都输出 0 的单元不再学习：该层如同变小了。',
  },
  rank: 32,
  check(facts) {
    const { newest, readings } = facts;
    const examples = readings.probe?.rows.length ?? 0;
    if (examples < ENOUGH_EXAMPLES) return null;
    const layers = newest?.layers ?? [];
    const worst = layers.toSorted((one, other) => (other.dead ?? 0) - (one.dead ?? 0))[0];
    if (!worst || (worst.dead ?? 0) < DEAD) return null;
    const place = layers.indexOf(worst);
    const name = layerName(facts, worst.layer);
    return {
      text: {
        en: `${percent(worst.dead ?? 0)} of the units of ${name.en} give 0 for each of the ${examples} examples read.`,
        zh: `${name.zh} 的 ${percent(worst.dead ?? 0)} 单元对所读的 ${examples} 个样本都输出 0。`,
      },
      next: {
        en: 'ELU, which is not flat below zero, keeps units alive; a lower learning rate kills fewer.',
        zh: 'ELU 在零以下不是平的，可使单元保持活跃；较低的学习率也会减少失活。',
      },
      evidence: {
        label: { en: `Dead units of ${name.en}`, zh: `${name.zh} 的失活单元` },
        values: readings.tracks.map((track) => track.layers[place]?.dead ?? 0),
      },
      tab: 'layers',
      remedy: {
        label: { en: 'Use ELU in place of ReLU', zh: '用 ELU 代替 ReLU' },
        change: (now) =>
          withLayers(now, (layer) =>
            layer.fields['activation'] === 'relu' || (layer.id === worst.layer && !('activation' in layer.fields))
              ? { ...layer, fields: { ...layer.fields, activation: 'elu' } }
              : layer,
          ),
      },
    };
  },
};
