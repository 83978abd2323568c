/** A validation loss that rises again while the training loss goes on falling: examples are learnt by heart. */
import type { Configuration, DiagnosisDefinition } from '../diagnosis-definitions';
import { curveOf, figure, lowestOf, mean, percent, withLayerBeforeAnswer } from '../diagnosis-parts';

/** Epochs after the best one that count, so that one bad epoch is none. */
const AFTER = 3;
/** What the validation loss must have risen by at least; more where few examples make it unsure, as 2/√n. */
const RISE = 0.2;
/** Of the training loss at the best epoch, what may be left. */
const FALLEN = 0.85;
/** How much more than the training loss it must be. */
const GAP = 1.3;

export const definition: DiagnosisDefinition = {
  id: 'overfitting',
  label: { en: 'Overfitting', zh: '过拟合' },
  help: {
    en: 'The network learns the training examples by heart: it gets better on them and worse on others.',
    zh: '网络把训练样本背了下来：在训练样本上变好，在其他样本上变差。',
  },
  rank: 40,
  check({ run, epochs, readings }) {
    const [training, validation] = [curveOf(epochs, 'loss'), curveOf(epochs, 'validation.loss')];
    const best = lowestOf(validation);
    const newest = validation.slice(best + 1).slice(-AFTER);
    if (validation.length !== training.length || newest.length < AFTER) return null;
    const [lowest = NaN, now, then = NaN, last = NaN] = [
      validation[best],
      mean(newest),
      training[best],
      training.at(-1),
    ];
    const unsure = 2 / Math.sqrt(Math.max(1, readings.probe?.rows.length ?? 1));
    if (now < (1 + Math.max(RISE, unsure)) * lowest || last > FALLEN * then || now < GAP * last) return null;
    const { enabled, restoreBest } = run.settings.earlyStopping;
    const kept = restoreBest
      ? { en: `The saved model is that of the best epoch.`, zh: '保存的模型是最佳一轮的。' }
      : { en: 'The saved model is that of the last epoch.', zh: '保存的模型是最后一轮的。' };
    return {
      text: {
        en: `Since epoch ${best + 1} the validation loss rose by ${percent(now / lowest - 1)}, from ${figure(lowest)} to ${figure(now)}, while the training loss fell from ${figure(then)} to ${figure(last)}.`,
        zh: `自第 ${best + 1} 轮起，验证损失上升 ${percent(now / lowest - 1)}，从 ${figure(lowest)} 到 ${figure(now)}，而训练损失从 ${figure(then)} 降至 ${figure(last)}。`,
      },
      next: {
        en: `${kept.en} ${enabled && restoreBest ? 'Dropout' : 'Stopping early'}, more data or augmentation helps.`,
        zh: `${kept.zh}${enabled && restoreBest ? '随机失活' : '提前停止'}、更多数据或数据增强会有帮助。`,
      },
      evidence: { label: { en: 'Validation loss', zh: '验证损失' }, values: validation },
      remedy:
        enabled && restoreBest
          ? { label: { en: 'Add dropout', zh: '加入随机失活' }, change: withDropout }
          : { label: { en: 'Stop early, keep the best epoch', zh: '提前停止并保留最佳轮' }, change: withEarlyStopping },
    };
  },
};

function withEarlyStopping(now: Configuration): Configuration {
  const earlyStopping = { ...now.settings.earlyStopping, enabled: true, restoreBest: true };
  return { ...now, settings: { ...now.settings, earlyStopping } };
}

/** Before the last layer; where there is some already, more of it. */
function withDropout(now: Configuration): Configuration {
  const { layers } = now.network;
  const known = layers.findLast(({ type }) => type === 'dropout');
  if (known) {
    const rate = Math.min(0.6, Number((Number(known.fields['rate'] ?? 0.3) + 0.2).toFixed(2)));
    const raised = { ...known, fields: { ...known.fields, rate } };
    return { ...now, network: { ...now.network, layers: layers.map((layer) => (layer === known ? raised : layer)) } };
  }
  return withLayerBeforeAnswer(now, { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } });
}
