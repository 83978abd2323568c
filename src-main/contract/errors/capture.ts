/** Errors of recording and of adding to a dataset: no camera to be had, or rows that do not belong to the others. */
import type { ErrorWords } from '../errors';

export const captureErrors = {
  'camera-refused': {
    message: { en: 'The system does not let this app use a camera.', zh: '系统不允许此应用使用摄像头。' },
    hint: {
      en: 'Allow the camera in the system’s privacy settings, then try again.',
      zh: '请在系统的隐私设置中允许使用摄像头，然后重试。',
    },
  },
  'camera-missing': {
    message: { en: 'No camera was found.', zh: '未找到摄像头。' },
    hint: {
      en: 'Connect one and try again. Pictures that you have already can be dropped on Home, one folder for each class.',
      zh: '请连接摄像头后重试。已有的图片可以按类别分文件夹，拖放到主页。',
    },
  },
  'camera-busy': {
    message: { en: 'The camera gives no pictures.', zh: '摄像头没有图像。' },
    hint: {
      en: 'Close other programs that use it, such as a video call, then try again.',
      zh: '请关闭正在使用摄像头的其他程序（例如视频通话），然后重试。',
    },
  },
  'append-columns-differ': {
    message: {
      en: 'These rows do not belong to {dataset}. Missing columns: {missing}. Columns that it does not have: {extra}.',
      zh: '这些行不属于“{dataset}”。缺少的列：{missing}。多出的列：{extra}。',
    },
    hint: {
      en: 'Name the columns as in the dataset, or import the file as a dataset of its own.',
      zh: '请让列名与数据集一致，或将文件作为单独的数据集导入。',
    },
  },
  'append-kind-differs': {
    message: {
      en: '{dataset} holds {expected}, and {file} holds none.',
      zh: '“{dataset}”包含{expected}，而 {file} 中没有。',
    },
    hint: { en: 'Add files of the same kind.', zh: '请添加同类文件。' },
  },
  'append-value-differs': {
    message: {
      en: 'The column “{column}” holds numbers; {count} of the added rows hold other values there, such as “{value}”.',
      zh: '列“{column}”只有数字；新增的行中有 {count} 行为其他值，例如“{value}”。',
    },
    hint: { en: 'Mend those values and add the file again.', zh: '请更正这些值后重新添加。' },
  },
  'append-pictures-differ': {
    message: {
      en: 'The pictures of {dataset} were not kept as files, so that pictures of another form cannot be added.',
      zh: '“{dataset}”的图片没有保留原文件，无法添加其他形式的图片。',
    },
    hint: {
      en: 'Import both together as one folder.',
      zh: '请将两者放在一个文件夹中一起导入。',
    },
  },
  'append-base-changed': {
    message: {
      en: '{dataset} was changed while rows were added to it. Nothing was added.',
      zh: '添加行时“{dataset}”被更改，没有添加任何内容。',
    },
    hint: { en: 'Add them again.', zh: '请重新添加。' },
  },
} as const satisfies Record<string, ErrorWords>;
