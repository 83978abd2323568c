/** Errors of folders, archives and files that are brought in by the thousand. */
import type { ErrorWords } from '../errors';

export const bringErrors = {
  'tree-too-many-files': {
    message: { en: '{file} holds more than {most} files.', zh: '{file} 中的文件超过 {most} 个。' },
    hint: { en: 'Import a part of it.', zh: '请只导入其中一部分。' },
  },
  'tree-file-unreadable': {
    message: { en: '{file} can’t be read or unpacked.', zh: '无法读取或解压 {file}。' },
    hint: { en: 'Check that the file opens in another program.', zh: '请检查该文件能否在其他程序中打开。' },
  },
  'tree-file-too-large': {
    message: { en: '{file} is larger than {most} MB.', zh: '{file} 超过 {most} MB。' },
    hint: { en: 'Make it smaller, or leave it out.', zh: '请缩小该文件，或不要导入它。' },
  },
  'tree-unknown': {
    message: {
      en: '{file} holds nothing that can be learned from: no pictures in folders and no annotations.',
      zh: '{file} 中没有可用于学习的内容：既没有按文件夹分类的图片，也没有标注。',
    },
    hint: {
      en: 'Put PNG or JPEG pictures of each class in a folder of its own, and import the folder that holds these.',
      zh: '请把每个类别的 PNG 或 JPEG 图片放进各自的文件夹，再导入包含这些文件夹的文件夹。',
    },
  },
  'tree-all-skipped': {
    message: {
      en: '{file}: none of its {count} files could be used. The first, {first}: {reason}',
      zh: '{file}：其中 {count} 个文件都无法使用。第一个 {first}：{reason}',
    },
    hint: { en: 'Check the files and import again.', zh: '请检查这些文件后重新导入。' },
  },
  'zip-damaged': {
    message: { en: '{file} is no whole zip archive ({reason}).', zh: '{file} 不是完整的 zip 压缩包（{reason}）。' },
    hint: {
      en: 'Get the archive again, or unpack it and import the folder.',
      zh: '请重新获取压缩包，或解压后导入文件夹。',
    },
  },
  'pack-damaged': {
    message: { en: 'The library’s copy of the original files is damaged.', zh: '资料库中的原始文件副本已损坏。' },
    hint: { en: 'Import the data again.', zh: '请重新导入数据。' },
  },
  'annotation-damaged': {
    message: { en: '{file} can’t be read as annotations: {reason}', zh: '无法将 {file} 读取为标注：{reason}' },
    hint: { en: 'Check the file, or export the annotations again.', zh: '请检查该文件，或重新导出标注。' },
  },
} as const satisfies Record<string, ErrorWords>;
