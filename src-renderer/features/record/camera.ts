/** The camera while pictures are taken: permission is asked for when it is opened, and it is let go when it is closed. */
import { CodedError } from '../../../src-main/contract';
import { client } from '../../ipc/client';

/** How pictures are cut: the middle square of what the camera sees. */
export interface Shot {
  /** Of the square, in pixels. */
  readonly side: number;
  /** Left and right exchanged, as in a mirror. */
  readonly mirrored: boolean;
}

/** Few can tell it from the camera's own picture, at a tenth of the bytes. */
const JPEG_QUALITY = 0.92;

export class Camera {
  readonly stream: MediaStream;
  readonly #video: HTMLVideoElement;

  private constructor(stream: MediaStream, video: HTMLVideoElement) {
    this.stream = stream;
    this.#video = video;
  }

  /**
   * @param onLost is called where the camera ends by itself, as when it is unplugged.
   * @throws CodedError `camera-refused`, `camera-missing`, `camera-busy`
   */
  static async open(onLost: () => void): Promise<Camera> {
    await client.recordings.allowDevice({ device: 'camera' });
    const wanted = { width: { ideal: 640 }, height: { ideal: 480 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false }).catch(explain);
    for (const track of stream.getTracks()) track.addEventListener('ended', onLost);
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    try {
      await video.play();
      return new Camera(stream, video);
    } catch (error) {
      release(stream);
      throw new CodedError('camera-busy', {}, error);
    }
  }

  /** What the camera sees now, as a JPEG file. @throws CodedError `camera-busy` */
  async take({ side, mirrored }: Shot): Promise<Blob> {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const square = Math.min(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const context = canvas.getContext('2d');
    if (!context || square === 0) throw new CodedError('camera-busy');
    context.imageSmoothingQuality = 'high';
    if (mirrored) context.setTransform(-1, 0, 0, 1, side, 0);
    context.drawImage(this.#video, (width - square) / 2, (height - square) / 2, square, square, 0, 0, side, side);
    const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', JPEG_QUALITY));
    if (!blob) throw new CodedError('camera-busy');
    return blob;
  }

  close(): void {
    this.#video.srcObject = null;
    release(this.stream);
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function explain(error: unknown): never {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') throw new CodedError('camera-refused', {}, error);
  if (name === 'NotFoundError' || name === 'OverconstrainedError') throw new CodedError('camera-missing', {}, error);
  if (name === 'NotReadableError' || name === 'AbortError') throw new CodedError('camera-busy', {}, error);
  throw error;
}
