/** The camera while pictures are taken: permission is asked for when it is opened, and it is let go when it is closed. */
import { CodedError } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { cameras } from './device-choice.svelte';

/** How pictures are cut: the middle of what the camera sees, as much as has this shape. */
export interface Shot {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
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
    const wanted = { width: { ideal: 640 }, height: { ideal: 480 }, ...cameras.constraint };
    const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false }).catch(explain);
    for (const track of stream.getTracks()) track.addEventListener('ended', onLost);
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    try {
      await video.play();
      await cameras.opened(stream);
      return new Camera(stream, video);
    } catch (error) {
      release(stream);
      throw new CodedError('camera-busy', {}, error);
    }
  }

  /** What the camera sees now, as a JPEG file. @throws CodedError `camera-busy` */
  async take(shot: Shot): Promise<Blob> {
    const { canvas } = this.#draw(shot);
    const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', JPEG_QUALITY));
    if (!blob) throw new CodedError('camera-busy');
    return blob;
  }

  /**
   * What the camera sees now, as a picture of data.
   * @param channels 1 (grey) or 3.
   * @returns `height·width·channels` values of 0–255. @throws CodedError `camera-busy`
   */
  pixels(shot: Shot, channels: number): Uint8Array<ArrayBuffer> {
    const { data } = this.#draw(shot).getImageData(0, 0, shot.width, shot.height);
    return channels === 1 ? toGrey(data) : Uint8Array.from(data.filter((_, at) => at % 4 !== 3));
  }

  #draw({ width, height, mirrored }: Shot): CanvasRenderingContext2D {
    const { videoWidth, videoHeight } = this.#video;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    const scale = Math.min(videoWidth / width, videoHeight / height);
    if (!context || scale === 0) throw new CodedError('camera-busy');
    context.imageSmoothingQuality = 'high';
    if (mirrored) context.setTransform(-1, 0, 0, 1, width, 0);
    const cut = { width: scale * width, height: scale * height };
    const [x, y] = [(videoWidth - cut.width) / 2, (videoHeight - cut.height) / 2];
    context.drawImage(this.#video, x, y, cut.width, cut.height, 0, 0, width, height);
    return context;
  }

  close(): void {
    this.#video.srcObject = null;
    release(this.stream);
  }
}

/** ITU-R BT.601 luma of RGBA, as files become grey. */
function toGrey(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const grey = new Uint8Array(rgba.length / 4);
  for (const at of grey.keys()) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(at * 4, at * 4 + 3);
    grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return grey;
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
