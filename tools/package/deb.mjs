/** The Debian package: program under /opt, a command, a menu entry, icons; removal takes all of it and no person's data. */
import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './root.mjs';

const desktopEntry = `[Desktop Entry]
Type=Application
Name=Tandem
Comment=Train, compare and use neural networks without writing code
Comment[zh_CN]=无需写代码即可训练、比较和使用神经网络
Exec=/opt/tandem/tandem %U
Icon=tandem
Categories=Science;Education;DataVisualization;
StartupWMClass=tandem
Terminal=false
`;

const dependencies = [
  ...['libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libasound2 | libasound2t64', 'libgbm1', 'libxss1', 'libxtst6'],
  ...['libatk-bridge2.0-0 | libatk-bridge2.0-0t64', 'libdrm2', 'libxkbcommon0', 'libnotify4', 'libsecret-1-0'],
];

/**
 * @param {string} folder the assembled program. @param {string} out where the package goes. @param {string} version
 * @returns {Promise<string>} the package's path.
 */
export async function buildDeb(folder, out, version) {
  const tree = path.join(out, 'deb');
  const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
  await mkdir(path.join(tree, 'DEBIAN'), { recursive: true });
  await mkdir(path.join(tree, 'opt'), { recursive: true });
  await mkdir(path.join(tree, 'usr/bin'), { recursive: true });
  await mkdir(path.join(tree, 'usr/share/applications'), { recursive: true });
  // Hard links: the program is over a gigabyte, and the tree lives for seconds.
  execFileSync('cp', ['-al', folder, path.join(tree, 'opt/tandem')]);
  await symlink('/opt/tandem/tandem', path.join(tree, 'usr/bin/tandem'));
  await writeFile(path.join(tree, 'usr/share/applications/tandem.desktop'), desktopEntry);
  for (const size of [64, 256]) {
    const icons = path.join(tree, `usr/share/icons/hicolor/${size}x${size}/apps`);
    await mkdir(icons, { recursive: true });
    await cp(path.join(root, `resources/icons/tandem-${size}.png`), path.join(icons, 'tandem.png'));
  }
  const installedKilobytes = execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t')[0];
  await writeFile(
    path.join(tree, 'DEBIAN/control'),
    `Package: tandem
Version: ${version}
Architecture: ${architecture}
Maintainer: The Tandem engineers <tandem@localhost>
Installed-Size: ${installedKilobytes}
Depends: ${dependencies.join(', ')}
Section: science
Priority: optional
Description: Train, compare and use neural networks without writing code
 Data, network, training, comparison, test and use in one window, with TensorFlow inside.
`,
  );
  // Where user namespaces are off, Chromium's sandbox needs this helper to be root's with the setuid bit.
  await chmod(path.join(tree, 'opt/tandem/chrome-sandbox'), 0o4755);
  const file = path.join(out, `tandem_${version}_${architecture}.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z3', '--build', tree, file], { stdio: 'inherit' });
  await rm(tree, { recursive: true });
  return file;
}
