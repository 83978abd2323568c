/**
 * Training settings as fields, so that the same generated form, checks and `--set` serve them. Names with a dot lie one
 * level deep in `TrainingSettings`. Loss and optimizer are chosen from their registries beside these.
 */
import { CodedError, settingDefaults, type FieldValue, type TrainingSettings } from '../contract';
import { choice, fieldProblem, integer, number, toggle, type Field } from './fields';
import { watchFields } from './watched';

export const settingsFields = {
  epochs: integer({
    label: { en: 'Epochs', zh: '轮数' },
    help: { en: 'How many times training goes through all training rows.', zh: '训练把所有训练数据过多少遍。' },
    default: 10,
    minimum: 1,
    maximum: 100000,
  }),
  batchSize: integer({
    label: { en: 'Batch size', zh: '批大小' },
    help: {
      en: 'How many examples are looked at before the weights change. Larger is faster per epoch and takes more memory.',
      zh: '每看多少个样本更新一次权重。越大每轮越快，占用内存也越多。',
    },
    default: 128,
    minimum: 1,
    maximum: 65536,
  }),
  learningRate: number({
    label: { en: 'Learning rate', zh: '学习率' },
    help: {
      en: 'How far the weights move at each step. Too high and the loss jumps or grows, too low and it hardly falls.',
      zh: '每一步权重移动多远。过高时损失会跳动或上升，过低时几乎不下降。',
    },
    default: 0.001,
    minimum: 1e-7,
    maximum: 100,
    scale: 'log',
  }),
  'earlyStopping.enabled': toggle({
    label: { en: 'Stop early', zh: '提前停止' },
    help: {
      en: 'Ends training when the chosen measure has not become better for a while.',
      zh: '所选指标一段时间没有改善时结束训练。',
    },
    default: true,
  }),
  'earlyStopping.patience': integer({
    label: { en: 'Patience', zh: '耐心' },
    help: {
      en: 'How many epochs in a row may bring no improvement before training ends.',
      zh: '连续多少轮没有改善后结束训练。',
    },
    default: 5,
    minimum: 1,
    maximum: 10000,
  }),
  'earlyStopping.restoreBest': toggle({
    label: { en: 'Keep the best epoch', zh: '保留最佳轮' },
    help: {
      en: 'The saved model holds the weights of the best epoch, not of the last.',
      zh: '保存的模型使用最佳一轮的权重，而不是最后一轮的。',
    },
    default: true,
  }),
  ...watchFields,
  seed: integer({
    label: { en: 'Seed', zh: '随机种子' },
    help: {
      en: 'Fixes everything drawn at random (first weights, order of rows, dropout): the same seed repeats the run.',
      zh: '固定所有随机内容（初始权重、数据顺序、随机失活）：相同的种子可重复该运行。',
    },
    default: 1,
    minimum: 0,
    maximum: 0xffffffff,
    advanced: true,
  }),
  measureTest: toggle({
    label: { en: 'Measure test rows each epoch', zh: '每轮测量测试数据' },
    help: {
      en: 'For reports only: nothing is chosen by it, but each epoch takes a little longer.',
      zh: '仅供报告：不据此做任何选择，但每轮会稍慢一些。',
    },
    default: false,
    advanced: true,
  }),
  keepEvery: integer({
    label: { en: 'Keep every k-th epoch', zh: '每隔几轮保留' },
    help: {
      en: 'Keeps weights and the optimizer’s state after every so many epochs, so that another run can begin there. 0 keeps the last two and the best alone.',
      zh: '每隔这么多轮保留权重和优化器状态，以便其他运行由此开始。0 表示只保留最后两轮和最佳一轮。',
    },
    default: settingDefaults.keepEvery,
    minimum: 0,
    maximum: 100000,
  }),
  'clipping.kind': choice({
    label: { en: 'Gradient clipping', zh: '梯度裁剪' },
    help: {
      en: 'Keeps a step from growing too long: by the length of all gradients together, or value by value.',
      zh: '防止某一步过大：按全部梯度的总长度裁剪，或逐个数值裁剪。',
    },
    default: settingDefaults.clipping.kind,
    options: [
      { value: 'none', label: { en: 'Off', zh: '关闭' } },
      { value: 'norm', label: { en: 'By global norm', zh: '按全局范数' } },
      { value: 'value', label: { en: 'By value', zh: '按数值' } },
    ],
  }),
  'clipping.limit': number({
    label: { en: 'Clipping limit', zh: '裁剪上限' },
    help: {
      en: 'The longest that the gradients may be together, or the largest that each value may be.',
      zh: '全部梯度合起来的最大长度，或每个数值的最大值。',
    },
    default: settingDefaults.clipping.limit,
    minimum: 1e-6,
    maximum: 1e6,
    scale: 'log',
  }),
  classWeights: choice({
    label: { en: 'Class weights', zh: '类别权重' },
    help: {
      en: 'Balanced lets every class count the same in the training loss, however few rows it has.',
      zh: '“均衡”使每个类别在训练损失中同等重要，不论其数据多少。',
    },
    default: settingDefaults.classWeights,
    options: [
      { value: 'none', label: { en: 'Off', zh: '关闭' } },
      { value: 'balanced', label: { en: 'Balanced', zh: '均衡' } },
    ],
  }),
  precision: choice({
    label: { en: 'Precision', zh: '精度' },
    help: {
      en: 'Reduced computes products and convolutions with 8 bits of precision instead of 24, which is faster on some processors for large networks and batches. Weights keep full precision.',
      zh: '“降低”以 8 位而非 24 位精度计算乘积和卷积，在某些处理器上对大网络和大批次更快。权重仍保持完整精度。',
    },
    default: settingDefaults.precision,
    options: [
      { value: 'float32', label: { en: 'Full (float32)', zh: '完整（float32）' } },
      { value: 'bfloat16', label: { en: 'Reduced (bfloat16)', zh: '降低（bfloat16）' } },
    ],
    advanced: true,
  }),
  anomalyScore: choice({
    label: { en: 'What makes an example unusual', zh: '异常的衡量方式' },
    help: {
      en: 'Reconstruction error: how badly the network gives an example back. Distance from known examples: how far its three nearest training examples are, as the narrow middle of the network sees them; what is easily given back only because it is simple, such as a thin stroke, is found by it too. Bright and dark, strong and faint count as alike there.',
      zh: '重建误差：网络还原样本的差距有多大。与已知样本的距离：在网络的狭窄中间层看来，最近的三个训练样本有多远；那些仅因简单（如一条细线）而容易还原的样本也能被发现。明暗、深浅在此视为相同。',
    },
    default: settingDefaults.anomalyScore,
    options: [
      { value: 'error', label: { en: 'Reconstruction error', zh: '重建误差' } },
      { value: 'neighbours', label: { en: 'Distance from known examples', zh: '与已知样本的距离' } },
    ],
  }),
} as const satisfies Record<string, Field>;

export type SettingName = keyof typeof settingsFields;

/** The settings as the flat values of `settingsFields`. */
export function settingsValues(settings: TrainingSettings): Record<SettingName, FieldValue> {
  const { epochs, batchSize, learningRate, earlyStopping, seed, measureTest } = settings;
  const { clipping, classWeights, precision, watch, keepEvery, anomalyScore } = settings;
  return {
    epochs,
    batchSize,
    learningRate,
    'earlyStopping.enabled': earlyStopping.enabled,
    'earlyStopping.patience': earlyStopping.patience,
    'earlyStopping.restoreBest': earlyStopping.restoreBest,
    'watch.stopping': watch.stopping,
    'watch.minimumChange': watch.minimumChange,
    'watch.best': watch.best,
    seed,
    measureTest,
    keepEvery,
    'clipping.kind': clipping.kind,
    'clipping.limit': clipping.limit,
    classWeights,
    precision,
    anomalyScore,
  };
}

/**
 * @returns a copy with one setting changed.
 * @throws CodedError `field-invalid` for an unknown name or a value out of range.
 */
export function withSetting(settings: TrainingSettings, name: string, value: FieldValue): TrainingSettings {
  const field = Object.hasOwn(settingsFields, name) ? settingsFields[name as SettingName] : undefined;
  const problem = field
    ? fieldProblem(field, value)?.en
    : `is unknown; known: ${Object.keys(settingsFields).join(', ')}`;
  if (problem) throw new CodedError('field-invalid', { where: 'Settings', field: name, detail: problem });
  const [outer, inner] = name.split('.');
  if ((outer === 'earlyStopping' || outer === 'clipping' || outer === 'watch') && inner) {
    return { ...settings, [outer]: { ...settings[outer], [inner]: value } };
  }
  return { ...settings, [name]: value };
}

/** The settings a task starts with; what differs between tasks is given. */
export function startingSettings(loss: string, own: Pick<TrainingSettings, 'batchSize' | 'epochs'>): TrainingSettings {
  return {
    loss,
    optimizer: { type: 'adam', fields: {} },
    learningRate: settingsFields.learningRate.default,
    ...own,
    earlyStopping: {
      enabled: settingsFields['earlyStopping.enabled'].default,
      patience: settingsFields['earlyStopping.patience'].default,
      restoreBest: settingsFields['earlyStopping.restoreBest'].default,
    },
    seed: settingsFields.seed.default,
    measureTest: settingsFields.measureTest.default,
    ...structuredClone(settingDefaults),
  };
}
