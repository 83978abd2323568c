/** What a hostile page, file or frame must not be able to do, tried in the real window. docs/security.md lists the points. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect, test } from '../fixtures/app';

const root = resolve(import.meta.dirname, '../..');

test('the page has the bridge of the contract and nothing of Node', async ({ page }) => {
  const found = await page.evaluate(() => ({
    bridge: Object.keys(window.tandem).sort(),
    frozen: Object.isFrozen(window.tandem) || !Reflect.set(window.tandem, 'rpc', null),
    node: ['require', 'module', 'process', 'Buffer', 'global', 'ipcRenderer'].filter((name) => name in window),
  }));
  expect(found).toEqual({ bridge: ['adoptFile', 'answerClose', 'onNotice', 'rpc'], frozen: true, node: [] });
});

test('the window is sandboxed and isolated, without web views', async ({ tandem, page }) => {
  await expect(page).toHaveTitle('Tandem');
  const preferences = await tandem.application.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return (window!.webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('injected inline script, event handlers and eval do not run', async ({ page }) => {
  const ran = await page.evaluate(async () => {
    const marks = window as unknown as Record<string, boolean>;
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    const image = document.createElement('div');
    image.innerHTML = '<img src="data:," onerror="window.handlerRan = true">';
    document.body.append(script, image);
    await new Promise((done) => image.firstElementChild!.addEventListener('error', done));
    // In a task of its own, because evaluation by the test itself is exempt from the policy.
    const evaluated = await new Promise((done) =>
      setTimeout(() => {
        try {
          done(new Function('return true')());
        } catch (error) {
          done((error as Error).name);
        }
      }),
    );
    return { inline: marks['inlineRan'] ?? false, handler: marks['handlerRan'] ?? false, evaluated };
  });
  expect(ran).toEqual({ inline: false, handler: false, evaluated: 'EvalError' });
});

test('files of the system and files beside the window are out of reach', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const get = (url: string) =>
      fetch(url).then(
        (response) => response.status,
        () => 'refused',
      );
    return Promise.all([
      get('file:///etc/passwd'),
      get('app://tandem/%2e%2e%2f%2e%2e%2fpackage.json'),
      get('app://tandem/..%2fmain/index.js'),
      get('app://elsewhere/index.html'),
      get('app://tandem/index.html'),
    ]);
  });
  expect(answers).toEqual(['refused', 404, 404, 'refused', 200]);
});

test.describe('no remote content', () => {
  let server: Server;
  let requests: string[];
  let address: string;
  test.beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end('answer');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  test.afterEach(() => new Promise((closed) => server.close(closed)));

  test('neither the page nor the session reaches a server', async ({ tandem, page }) => {
    const fromPage = await page.evaluate(async (url) => {
      const fetched = await fetch(`${url}/fetch`).then(
        () => 'answered',
        () => 'refused',
      );
      const image = new Image();
      const loaded = new Promise((done) => {
        image.addEventListener('load', () => done('loaded'));
        image.addEventListener('error', () => done('refused'));
      });
      image.src = `${url}/image`;
      return [fetched, await loaded];
    }, address);
    const fromSession = await tandem.application.evaluate(
      ({ net }, url) =>
        net.fetch(`${url}/session`).then(
          () => 'answered',
          () => 'refused',
        ),
      address,
    );
    expect([...fromPage, fromSession]).toEqual(['refused', 'refused', 'refused']);
    expect(requests).toEqual([]);
  });

  test('the window stays where it is and opens no other', async ({ tandem, page }) => {
    const opened = await page.evaluate((url) => window.open(`${url}/window`) === null, address);
    expect(opened).toBe(true);
    for (const url of [`${address}/navigate`, 'file:///etc/passwd', 'data:text/html,x', 'app://elsewhere/index.html']) {
      await page.evaluate((target) => {
        const link = document.createElement('a');
        link.href = target;
        document.body.append(link);
        link.click();
      }, url);
    }
    await expect
      .poll(async () => (await tandem.log()).filter(({ event }) => event === 'denied').length)
      .toBeGreaterThanOrEqual(3);
    expect(page.url()).toBe('app://tandem/index.html');
    expect(tandem.application.windows()).toHaveLength(1);
    expect(requests).toEqual([]);
  });
});

test('every permission is denied', async ({ tandem }) => {
  const page = await tandem.launch({ args: ['--use-fake-device-for-media-stream'] });
  const answers = await page.evaluate(async () => {
    const failed = (error: Error) => error.name;
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', failed);
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', failed);
    const place = await new Promise((done) =>
      navigator.geolocation.getCurrentPosition(
        () => done('granted'),
        ({ code }) => done(code),
      ),
    );
    return { camera, microphone, place, notices: await Notification.requestPermission() };
  });
  expect(answers).toEqual({ camera: 'NotAllowedError', microphone: 'NotAllowedError', place: 1, notices: 'denied' });
});

test('a call by a name that is not a procedure is refused with a code', async ({ page }) => {
  const names = [
    'app.nothing',
    'app.__proto__',
    '__proto__.toString',
    'constructor.constructor',
    'app',
    '',
    'app.info.input',
  ];
  const codes = await page.evaluate(
    (calls) =>
      Promise.all(
        calls.map(async (name) => {
          const reply = await window.tandem.rpc(name, undefined);
          return reply.ok ? 'answered' : reply.error.code;
        }),
      ),
    names,
  );
  expect(codes).toEqual(names.map(() => 'call-unknown'));
});

test('unfit input is refused with a code, and what came is not carried out', async ({ page }) => {
  const reply = await page.evaluate(() => window.tandem.rpc('runs.list', { projectId: { $ne: null } }));
  expect(reply).toMatchObject({ ok: false, error: { code: 'call-invalid' } });
});

test('a file made up by the page is not adopted, and a path is no file', async ({ page }) => {
  const refused = await page.evaluate(async () => {
    const madeUp = await window.tandem.adoptFile(new File(['x'], '/etc/passwd')).then(
      () => 'adopted',
      () => 'refused',
    );
    const source = { kind: 'file', file: '/etc/passwd' };
    const path = await window.tandem.rpc('jobs.startImport', { source, name: null, target: null });
    return [madeUp, path.ok ? 'started' : path.error.code];
  });
  expect(refused).toEqual(['refused', 'file-not-granted']);
});

test('another frame than the window cannot call main, even with the preload', async ({ tandem, page }) => {
  await expect(page).toHaveTitle('Tandem');
  const answer = await tandem.application.evaluate(
    async ({ BrowserWindow }, preload) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await foreign.loadURL('data:text/html,<title>foreign</title>');
      const script = `tandem.rpc('app.info', undefined).then(() => 'answered', (error) => error.message)`;
      const said: string = await foreign.webContents.executeJavaScript(script);
      foreign.destroy();
      return said;
    },
    resolve(root, 'out/preload/index.cjs'),
  );
  expect(answer).toContain('This frame may not call the app');
});
