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
  'tree-link': {
    message: {
      en: '{file} is a link to another place, which is not followed.',
      zh: '{file} 是指向别处的链接，不会跟随。',
    },
    hint: { en: 'Put the file itself there.', zh: '请放入文件本身。' },
  },
  'tree-unsafe-name': {
    message: { en: 'The archive names a place outside itself: {file}.', zh: '压缩包中的名称指向包外的位置：{file}。' },
    hint: { en: 'Don’t trust this archive; ask where it comes from.', zh: '请勿信任此压缩包，并查明其来源。' },
  },
  'tree-encrypted': {
    message: { en: '{file} is locked with a password.', zh: '{file} 有密码保护。' },
    hint: { en: 'Unpack the archive and import the folder.', zh: '请先解压，再导入文件夹。' },
  },
  'tree-bomb': {
    message: {
      en: '{file} unpacks to more than {times} times its size, which is made to fill a disk.',
      zh: '{file} 解压后超过其大小的 {times} 倍，疑似压缩炸弹。',
    },
    hint: { en: 'Don’t trust this archive; ask where it comes from.', zh: '请勿信任此压缩包，并查明其来源。' },
  },
  'file-of-other-kind': {
    message: { en: '{file} is no picture, and nothing names it.', zh: '{file} 不是图片，也没有被引用。' },
    hint: { en: 'Pictures are PNG, JPEG, WebP, GIF or BMP files.', zh: '图片应为 PNG、JPEG、WebP、GIF 或 BMP 文件。' },
  },
  'annotation-without-picture': {
    message: {
      en: '{file} names the picture “{picture}”, which is not there.',
      zh: '{file} 引用的图片“{picture}”不存在。',
    },
    hint: {
      en: 'Put the picture beside its annotation, or mend the name.',
      zh: '请把图片放在标注旁边，或更正其名称。',
    },
  },
  'picture-not-there': {
    message: {
      en: '{file}, row {row}: there is no picture “{picture}”.',
      zh: '{file} 第 {row} 行：没有图片“{picture}”。',
    },
    hint: { en: 'Put the picture beside the table, or mend its name.', zh: '请把图片放在表格旁边，或更正其名称。' },
  },
  'picture-not-named': {
    message: { en: '{file} is named by no row of {table}.', zh: '{table} 中没有任何一行引用 {file}。' },
    hint: { en: 'Add a row for it, or leave it out.', zh: '请为它添加一行，或不导入它。' },
  },
  'box-empty': {
    message: {
      en: '{file}: a box of “{label}” lies outside the picture or has no area.',
      zh: '{file}：“{label}”的框在图片之外或没有面积。',
    },
    hint: { en: 'Draw the box again.', zh: '请重新绘制该框。' },
  },
  'tree-unknown': {
    message: {
      en: '{file} holds no pictures, sounds or texts that can be learned from.',
      zh: '{file} 中没有可用于学习的图片、声音或文本。',
    },
    hint: {
      en: 'Put the files of each class in a folder of its own and import the folder that holds these; import a table by itself.',
      zh: '请把每个类别的文件放进各自的文件夹，再导入包含这些文件夹的文件夹；表格请单独导入。',
    },
  },
  'tree-all-skipped': {
    message: {
      en: '{file}: none of its {count} pictures can be read; the first is {first}.',
      zh: '{file}：其中 {count} 张图片都无法读取；第一张是 {first}。',
    },
    hint: { en: 'Check that it opens in another program.', zh: '请检查它能否在其他程序中打开。' },
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
