/** Picture files: light or dark paper, any size and place give the same centred digit; broken and huge files are refused. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureSize } from './picture-header';
import { centreDrawing, readPictureFile } from './pictures-from-files';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-pictures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The letter L, drawn: its mass lies below its middle, and on no edge between two pixels. */
function draw(
  name: string,
  size: number,
  at: number,
  paper: string,
  ink: string,
  format: 'png' | 'jpeg' = 'png',
): string {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  context.fillStyle = paper;
  context.fillRect(0, 0, size, size);
  context.fillStyle = ink;
  context.fillRect(at, at, size / 10, size / 2);
  context.fillRect(at, at + size * 0.4, size / 4, size / 10);
  const path = join(folder, name);
  writeFileSync(path, format === 'png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg'));
  return path;
}

test('a drawing is centred as MNIST’s, whatever paper, size and place', async () => {
  const reference = await readPictureFile(draw('dark.png', 280, 20, '#000', '#fff'), [28, 28, 1]);
  const rows = Array.from({ length: 28 }, (_, y) =>
    reference.subarray(y * 28, y * 28 + 28).reduce((sum, value) => sum + value, 0),
  );
  // Its mass lies 11.35 below its first row, and comes to 14, as that of MNIST's digits.
  expect(rows.findIndex((sum) => sum > 0)).toBe(3);
  expect(rows.filter((sum) => sum > 0)).toHaveLength(20);
  const others = [
    draw('light.png', 280, 20, '#fff', '#000'),
    draw('place.png', 280, 130, '#fff', '#000'),
    draw('large.png', 1120, 200, '#000', '#fff'),
    draw('photo.jpg', 560, 100, '#fff', '#000', 'jpeg'),
  ];
  for (const path of others) {
    const pixels = await readPictureFile(path, [28, 28, 1]);
    const difference = pixels.reduce((sum, value, at) => sum + Math.abs(value - reference[at]!), 0) / 784;
    expect(difference, path).toBeLessThan(6);
  }
});

test('a photograph stands whole in its frame, as those of the data do', async () => {
  const path = join(folder, 'wide.png');
  const canvas = createCanvas(200, 100);
  const context = canvas.getContext('2d');
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 200, 100);
  writeFileSync(path, canvas.toBuffer('image/png'));
  const pixels = await readPictureFile(path, [80, 80, 3]);
  const redOfRow = (y: number) => pixels[(y * 80 + 40) * 3];
  expect([19, 20, 59, 60].map(redOfRow)).toEqual([0, 255, 255, 0]);
});

test('digits of MNIST, drawn large, come back as they are', () => {
  const samples = resolve(import.meta.dirname, '../../resources/samples/digits-small');
  const pixels = gunzipSync(readFileSync(join(samples, 't10k-images-idx3-ubyte.gz'))).subarray(16);
  let difference = 0;
  for (let digit = 0; digit < 100; digit += 1) {
    const picture = pixels.subarray(digit * 784, digit * 784 + 784);
    const large = Uint8Array.from({ length: 112 * 112 }, (_, at) => {
      const [x, y] = [at % 112, Math.floor(at / 112)];
      return picture[(y >> 2) * 28 + (x >> 2)]!;
    });
    const centred = centreDrawing({ width: 112, height: 112, pixels: large }, 28);
    difference += centred.reduce((sum, value, at) => sum + Math.abs(value - picture[at]!), 0) / 78_400;
  }
  // Half a pixel aside would be 15 of 255.
  expect(difference).toBeLessThan(1);
});

test('an empty sheet is all background', async () => {
  const pixels = await readPictureFile(draw('blank.png', 100, 0, '#fff', '#fff'), [28, 28, 1]);
  expect(pixels.every((value) => value === 0)).toBe(true);
});

test('files that are no pictures, are cut or claim to be huge are refused before they are unpacked', async () => {
  const write = (name: string, bytes: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const header = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.alloc(8)]);
  header.writeUInt32BE(30_000, 16);
  header.writeUInt32BE(30_000, 20);
  expect(pictureSize(header)).toEqual({ width: 30_000, height: 30_000 });
  const shape = [28, 28, 1];
  await expect(readPictureFile(write('huge.png', header), shape)).rejects.toMatchObject({ code: 'picture-too-large' });
  await expect(readPictureFile(write('text.png', Buffer.from('hello')), shape)).rejects.toMatchObject({
    code: 'picture-unknown',
  });
  header.writeUInt32BE(30, 16);
  header.writeUInt32BE(30, 20);
  await expect(readPictureFile(write('cut.png', header), shape)).rejects.toMatchObject({ code: 'picture-damaged' });
  await expect(readPictureFile(join(folder, 'none.png'), shape)).rejects.toMatchObject({ code: 'file-missing' });
});
