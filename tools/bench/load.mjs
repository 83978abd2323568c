/** Loads the app's TypeScript into a bench script, without a build: Vite transforms it, native packages stay as they are. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/**
 * Modules by their path below the repository; `close` ends the loader.
 * @param {string[]} paths
 * @returns {Promise<{ modules: any[], close: () => Promise<void> }>}
 */
export async function loadModules(paths) {
  const server = await createServer({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  /** @type {any[]} */
  const modules = [];
  for (const path of paths) modules.push(await server.ssrLoadModule(path));
  return { modules, close: () => server.close() };
}
