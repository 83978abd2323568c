/**
 * Pictures in the making: classes with what the camera saw. Each picture is kept on disk as soon as it is taken. They stay when
 * the view is closed, so that nothing is lost by a slip; the camera is let go.
 */
import { client } from '../../ipc/client';
import { m } from '../../i18n';
import { ClassList } from './class-list.svelte';
import { LiveCamera } from './live-camera.svelte';
import { onePerPurpose, type Purpose } from './purpose';

export interface TakenPicture {
  /** As the library calls it. */
  readonly id: string;
  /** Of the picture in the window's memory. */
  readonly url: string;
  /** Which time the button was held. */
  readonly take: number;
}

/** Sides of pictures that are offered. */
export const pictureSides = [64, 96, 160, 224] as const;
/** Pictures a second that are offered. */
export const pictureRates = [1, 2, 5, 10] as const;

export class PictureRecording {
  name = $state<string>(m.capture_pictures());
  side = $state<number>(96);
  rate = $state<number>(5);
  readonly camera = new LiveCamera();
  readonly classes: ClassList<TakenPicture>;
  /** The class that is recorded now; null while none is. */
  #active = $state<number | null>(null);
  #take = 0;
  #saving = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #session: Promise<string> | null = null;

  /** @param classes names of those to begin with. */
  constructor(classes: readonly string[]) {
    this.classes = new ClassList(classes);
  }

  get active(): number | null {
    return this.#active;
  }

  /** Why there is nothing to go on with yet; null where there is. */
  lack({ leastClasses, isNamed }: Purpose): string | null {
    const unnamed = !isNamed && this.name.trim() === '' ? m.sound_name_set() : null;
    return this.classes.lack(leastClasses) ?? unnamed;
  }

  close(): void {
    this.release();
    this.camera.close();
  }

  /** Takes a picture now, and further ones until `release`. */
  hold(id: number): void {
    if (!this.camera.stream || this.#active === id) return;
    this.release();
    this.#active = id;
    this.#take += 1;
    void this.#shoot(id);
    this.#timer = setInterval(() => void this.#shoot(id), 1000 / this.rate);
  }

  release(): void {
    clearInterval(this.#timer);
    this.#active = null;
  }

  removeClass(id: number): void {
    if (this.#active === id) this.release();
    for (const { url } of this.classes.all.find((one) => one.id === id)?.items ?? []) URL.revokeObjectURL(url);
    this.classes.remove(id);
  }

  remove(classId: number, picture: TakenPicture): void {
    URL.revokeObjectURL(picture.url);
    this.classes.take(classId, picture.id);
  }

  /** @returns the pictures as a folder with a table of their classes; null where that failed (the camera's `error` says why). */
  async finish(name: string): Promise<{ readonly file: string; readonly name: string } | null> {
    this.close();
    try {
      const id = await this.#begun();
      const clips = this.classes.labelled().map(({ item, label }) => ({ clip: item.id, label, take: item.take }));
      return await client.recordings.finish({ id, name, clips });
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /** Forgets what was recorded, once it is handed on; the classes stay. */
  clear(): void {
    for (const { items } of this.classes.all) for (const { url } of items) URL.revokeObjectURL(url);
    this.classes.empty();
    this.#session = null;
    this.camera.error = null;
  }

  /** A picture that is due while the last is still on its way to the disk is left out. */
  async #shoot(classId: number): Promise<void> {
    const { camera, mirrored } = this.camera;
    if (!camera || this.#saving) return;
    this.#saving = true;
    const take = this.#take;
    try {
      const blob = await camera.take({ width: this.side, height: this.side, mirrored });
      const picture = new Uint8Array(await blob.arrayBuffer());
      const { clip } = await client.recordings.keepPicture({ id: await this.#begun(), picture });
      this.classes.put(classId, { id: clip, url: URL.createObjectURL(blob), take });
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#saving = false;
    }
  }

  #fail(error: unknown): void {
    this.release();
    this.camera.fail(error);
  }

  #begun(): Promise<string> {
    if (!this.#session) {
      this.#session = client.recordings.begin({ device: 'camera' }).then(({ id }) => id);
      this.#session.catch(() => (this.#session = null));
    }
    return this.#session;
  }
}

export const currentPictures = onePerPurpose((classes) => new PictureRecording(classes));
