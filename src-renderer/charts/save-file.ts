/** Gives a file to the person: the window asks where to put it, as for any download. */
import { tokenColor } from '../ui/theme';

/** @param name with its extension; signs that file systems refuse are replaced. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|\s]+/g, '-');
  link.click();
  // The download reads the address after the click; it is let go once that is surely under way.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function saveText(name: string, text: string): void {
  // The mark of UTF-8 at the start, without which spreadsheets misread Chinese.
  saveFile(name, new Blob(['\uFEFF', text], { type: 'text/csv' }));
}

/** Saves a canvas as PNG on the ground it is shown on. */
export function savePicture(name: string, canvas: HTMLCanvasElement): void {
  const flat = document.createElement('canvas');
  flat.width = canvas.width;
  flat.height = canvas.height;
  const context = flat.getContext('2d');
  if (!context) return;
  context.fillStyle = tokenColor('--surface-1');
  context.fillRect(0, 0, flat.width, flat.height);
  context.drawImage(canvas, 0, 0);
  flat.toBlob((blob) => {
    if (blob) saveFile(name, blob);
  });
}
