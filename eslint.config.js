/** Lint: strict TypeScript, Svelte, and the one direction in which the folders may depend on each other. */
import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const main = ['contract', 'catalog', 'data', 'engine', 'storage', 'jobs', 'services', 'app', 'terminal', 'preload'];

/** Who may import whom; anything that is not listed is an error. */
const may = {
  contract: [],
  catalog: ['contract'],
  data: ['contract', 'catalog'],
  engine: ['contract', 'catalog'],
  storage: ['contract'],
  jobs: ['contract', 'catalog', 'data', 'engine', 'storage'],
  services: ['contract', 'catalog', 'data', 'storage'],
  app: ['contract', 'catalog', 'data', 'storage', 'services'],
  terminal: ['contract', 'catalog', 'data', 'storage', 'services'],
  preload: ['contract'],
  renderer: ['contract', 'catalog'],
};

export default defineConfig(
  { ignores: ['out', 'node_modules', 'src-renderer/i18n/generated', 'resources', 'test-results'] },
  ...tseslint.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['**/*.{ts,svelte,mjs}'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.mjs', 'e2e/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['src-main/**/*.ts', 'src-renderer/**/*.{ts,svelte}'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: true, node: { extensions: ['.ts', '.svelte', '.js'] } },
      'boundaries/elements': [
        ...main.map((type) => ({ type, pattern: `src-main/${type}/**`, mode: 'full' })),
        { type: 'renderer', pattern: 'src-renderer/**', mode: 'full' },
      ],
    },
    rules: {
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          rules: Object.entries(may).map(([from, allow]) => ({ from: [from], allow: [from, ...allow] })),
        },
      ],
    },
  },
);
