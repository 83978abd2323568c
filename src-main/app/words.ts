/** The few words that main itself shows: the menu and the questions of the system's own dialogues. */
import type { Text } from '../contract';

const word = (en: string, zh: string): Text => ({ en, zh });

export const words = {
  file: word('File', '文件'),
  quit: word('Quit Tandem', '退出 Tandem'),
  edit: word('Edit', '编辑'),
  undo: word('Undo', '撤销'),
  redo: word('Redo', '重做'),
  cut: word('Cut', '剪切'),
  copy: word('Copy', '复制'),
  paste: word('Paste', '粘贴'),
  selectAll: word('Select All', '全选'),
  view: word('View', '显示'),
  zoomIn: word('Zoom In', '放大'),
  zoomOut: word('Zoom Out', '缩小'),
  actualSize: word('Actual Size', '实际大小'),
  fullScreen: word('Full Screen', '全屏'),
  developerTools: word('Developer Tools', '开发者工具'),
  reload: word('Reload', '重新加载'),
  window: word('Window', '窗口'),
  minimize: word('Minimize', '最小化'),
  close: word('Close', '关闭'),
  help: word('Help', '帮助'),
  showLogs: word('Show Log Files', '显示日志文件'),
  showLibrary: word('Show Library Folder', '显示资料库文件夹'),
  about: word('About Tandem', '关于 Tandem'),
  stillTraining: word('A run is still training.', '有运行仍在训练。'),
  stopSaves: word(
    'Stopping saves what was trained so far. The run can be resumed later.',
    '停止时会保存已训练的部分，之后可以继续。',
  ),
  stillSearching: word('A search is under way.', '搜索正在进行。'),
  searchGoesOn: word(
    'Its trials so far stay saved. It can go on from there later.',
    '已完成的尝试会保存，之后可以从那里继续。',
  ),
  keepSearching: word('Keep searching', '继续搜索'),
  keepTraining: word('Keep training', '继续训练'),
  stopAndClose: word('Stop and close', '停止并关闭'),
  chooseFile: word('Choose a file to import', '选择要导入的文件'),
  cannotStart: word('Tandem cannot start', 'Tandem 无法启动'),
} as const;
