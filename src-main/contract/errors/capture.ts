/** Errors of recording: a camera that is not there, or not to be had. */
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
} as const satisfies Record<string, ErrorWords>;
