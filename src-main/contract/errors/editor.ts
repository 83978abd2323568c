/** Errors of networks read from files. */
import type { ErrorWords } from '../errors';

export const editorErrors = {
  'network-file-invalid': {
    message: {
      en: '{file} cannot be read as a network: {detail}',
      zh: '无法把 {file} 读作网络：{detail}',
    },
    hint: {
      en: 'Choose a network saved by this app, the JSON of a Keras model, or the model.json of TensorFlow.js.',
      zh: '请选择由本应用保存的网络、Keras 模型的 JSON，或 TensorFlow.js 的 model.json。',
    },
  },
  'network-file-newer': {
    message: {
      en: '{file} is written in version {version} of the form; this app knows up to version {known}.',
      zh: '{file} 使用格式版本 {version}；本应用最高支持版本 {known}。',
    },
    hint: { en: 'Open it with a newer version of the app.', zh: '请用更新版本的应用打开。' },
  },
  'keras-layer-unknown': {
    message: {
      en: '{file}: layer {number} ("{name}") is of the kind {kind}, which is not known here.',
      zh: '{file}：第 {number} 层（“{name}”）的类型是 {kind}，这里没有。',
    },
    hint: {
      en: 'Replace this layer in the model, and save the JSON again. Layers with code of their own are never read.',
      zh: '请在模型中替换该层后重新保存 JSON。自带代码的层不会被读取。',
    },
  },
  'keras-unsupported': {
    message: {
      en: '{file}: layer {number} ("{name}", {kind}): {detail}',
      zh: '{file}：第 {number} 层（“{name}”，{kind}）：{detail}',
    },
    hint: {
      en: 'Change this layer in the model, and save the JSON again.',
      zh: '请在模型中更改该层后重新保存 JSON。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
