/** Errors of sounds on their way in: each names the file, what is wrong with it and what may help. */
import type { ErrorWords } from '../errors';

const saveAgain = {
  en: 'Save it again as WAV, MP3, FLAC or OGG with a sound editor, or leave it out.',
  zh: '请用音频编辑软件重新保存为 WAV、MP3、FLAC 或 OGG，或不使用该文件。',
};

export const soundErrors = {
  'sound-unknown': {
    message: {
      en: '{file} is no sound that can be read (WAV, MP3, FLAC, OGG with Vorbis or Opus).',
      zh: '{file} 不是可以读取的声音（WAV、MP3、FLAC、含 Vorbis 或 Opus 的 OGG）。',
    },
    hint: saveAgain,
  },
  'sound-damaged': {
    message: { en: '{file} is damaged: its sound can’t be read.', zh: '{file} 已损坏，无法读取其中的声音。' },
    hint: saveAgain,
  },
  'sound-cut': {
    message: { en: '{file} ends before its sound does.', zh: '{file} 不完整：声音还没结束，文件就结束了。' },
    hint: { en: 'Copy or record it again.', zh: '请重新复制或录制该文件。' },
  },
  'sound-too-long': {
    message: {
      en: '{file} is longer than {most} seconds, the most that one example may have.',
      zh: '{file} 超过 {most} 秒，而一个样本最多 {most} 秒。',
    },
    hint: { en: 'Cut it into pieces and import those.', zh: '请将其切成小段后再导入。' },
  },
  'sound-too-large': {
    message: { en: '{file} is larger than a sound may be (512 MiB).', zh: '{file} 超过声音文件的上限（512 MiB）。' },
    hint: { en: 'Cut it into pieces and import those.', zh: '请将其切成小段后再导入。' },
  },
  'sound-empty': {
    message: { en: '{file} holds no sound: it is 0 seconds long.', zh: '{file} 没有声音：时长为 0 秒。' },
    hint: { en: 'Record it again, or leave it out.', zh: '请重新录制，或不使用该文件。' },
  },
  'column-without-sounds': {
    message: { en: 'The column “{column}” holds no sounds.', zh: '列“{column}”中没有声音。' },
    hint: { en: 'Choose a column of sounds.', zh: '请选择一个声音列。' },
  },
  'input-not-sound': {
    message: {
      en: 'Input {number} is no sound, which this model takes.',
      zh: '第 {number} 个输入不是声音，而此模型需要声音。',
    },
    hint: {
      en: 'Give a WAV, MP3, FLAC or OGG file, or rows of its dataset.',
      zh: '请提供 WAV、MP3、FLAC 或 OGG 文件，或其数据集中的行。',
    },
  },
  'recording-missing': {
    message: { en: 'The recorded clips are no longer there.', zh: '录制的片段已不存在。' },
    hint: { en: 'Record them again.', zh: '请重新录制。' },
  },
  'microphone-refused': {
    message: { en: 'The system does not let this app use a microphone.', zh: '系统不允许此应用使用麦克风。' },
    hint: {
      en: 'Allow the microphone in the system’s privacy settings, then try again.',
      zh: '请在系统的隐私设置中允许使用麦克风，然后重试。',
    },
  },
  'microphone-missing': {
    message: { en: 'No microphone was found.', zh: '未找到麦克风。' },
    hint: { en: 'Connect one and try again.', zh: '请连接麦克风后重试。' },
  },
  'sound-other-file': {
    message: { en: '{file} is no sound, and nothing names it.', zh: '{file} 不是声音，也没有被引用。' },
    hint: { en: 'Sounds are WAV, MP3, FLAC or OGG files.', zh: '声音文件应为 WAV、MP3、FLAC 或 OGG。' },
  },
  'sound-not-there': {
    message: { en: '{file}, row {row}: there is no sound “{sound}”.', zh: '{file} 第 {row} 行：没有声音“{sound}”。' },
    hint: { en: 'Put the sound beside the table, or mend its name.', zh: '请把声音文件放在表格旁边，或更正其名称。' },
  },
  'sound-not-named': {
    message: { en: '{file} is named by no row of {table}.', zh: '{table} 中没有任何一行引用 {file}。' },
    hint: { en: 'Add a row for it, or leave it out.', zh: '请为它添加一行，或不导入它。' },
  },
  'sound-silent': {
    message: { en: '{file} is silent from beginning to end.', zh: '{file} 从头到尾没有声音。' },
    hint: { en: 'Record it again, or leave it out.', zh: '请重新录制，或不使用该文件。' },
  },
} as const satisfies Record<string, ErrorWords>;
