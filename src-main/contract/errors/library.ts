/** Errors of the library: the SQLite file and the folders beside it. */
import type { ErrorWords } from '../errors';

export const libraryErrors = {
  'library-newer': {
    message: {
      en: 'The library was written by a newer version of Tandem (format {found}, this version reads up to {known}).',
      zh: '资料库由更新版本的 Tandem 写入（格式 {found}，本版本最多可读 {known}）。',
    },
    hint: { en: 'Install the newer version. The library was not changed.', zh: '请安装更新的版本。资料库未被改动。' },
  },
  'library-damaged': {
    message: {
      en: 'The library file was damaged. It was set aside as {path}, and a new one was started.',
      zh: '资料库文件已损坏。它被移到 {path}，并新建了一个资料库。',
    },
    hint: {
      en: 'What could be read was taken over. Backups lie in the folder "backups" of the library.',
      zh: '能读出的内容已转入。备份在资料库的“backups”文件夹中。',
    },
  },
  'library-locked': {
    message: { en: 'Another copy of Tandem is using the library {path}.', zh: '另一个 Tandem 正在使用资料库 {path}。' },
    hint: { en: 'Close it, or use another library.', zh: '请关闭它，或使用另一个资料库。' },
  },
  'disk-full': {
    message: { en: 'The disk is full: {path} could not be written.', zh: '磁盘已满：无法写入 {path}。' },
    hint: { en: 'Free some space and try again.', zh: '请释放空间后重试。' },
  },
  'not-found': {
    message: { en: 'There is no {what} "{id}".', zh: '没有{what}“{id}”。' },
    hint: { en: 'It may have been deleted. Look at the list.', zh: '它可能已被删除，请查看列表。' },
  },
} as const satisfies Record<string, ErrorWords>;
