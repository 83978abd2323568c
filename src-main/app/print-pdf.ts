/**
 * A page on paper: a hidden window that runs no script, asks nothing of any network, and may read the one file in which the
 * page was put. It has a session of its own, so that nothing of this opens anything to the app's window.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BrowserWindow, session } from 'electron';

let printed = 0;

/** @param folder for the page while it is printed. @returns the bytes of the PDF */
export async function printPdf(page: string, folder: string): Promise<Uint8Array> {
  printed += 1;
  const file = join(folder, `print-${process.pid}-${printed}.html`);
  const url = pathToFileURL(file).href;
  const own = session.fromPartition(`print-${printed}`);
  own.webRequest.onBeforeRequest((request, answer) => answer({ cancel: request.url !== url }));
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  await writeFile(file, page);
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: own, sandbox: true, contextIsolation: true, javascript: false, nodeIntegration: false },
  });
  try {
    await window.loadURL(url);
    return await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      pageSize: 'A4',
      generateTaggedPDF: true,
    });
  } finally {
    window.destroy();
    await rm(file, { force: true });
  }
}
