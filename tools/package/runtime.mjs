/** A copy of Electron for the package: renamed, without the development shim, with the fuses that a person's copy must have. */
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { chmod, cp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { electronPath } from '../setup/electron.mjs';

/**
 * @param {string} folder where the app will lie; `folder/tandem` is the program.
 */
export async function copyRuntime(folder) {
  const program = await electronPath();
  await cp(path.dirname(program), folder, { recursive: true, dereference: true });
  await rename(path.join(folder, path.basename(program)), path.join(folder, 'tandem'));
  for (const leftOver of ['resources/app', 'resources/default_app.asar', 'version']) {
    await rm(path.join(folder, leftOver), { recursive: true, force: true });
  }
  await flipFuses(path.join(folder, 'tandem'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  });
  await chmod(path.join(folder, 'tandem'), 0o755);
}
