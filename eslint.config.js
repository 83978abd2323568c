/** Lint: strict TypeScript, Svelte, and the one direction in which the folders may depend on each other. */
import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

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
      'import/resolver': { typescript: { project: 'tsconfig.json' } },
      'boundaries/elements': [
        ...Object.keys(may)
          .filter((type) => type !== 'renderer')
          .map((type) => ({ type, pattern: `src-main/${type}/**`, partialMatch: false })),
        { type: 'renderer', pattern: 'src-renderer/**', partialMatch: false },
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...Object.entries(may).map(([from, allowed]) => ({
              from: { element: { type: from } },
              allow: { to: { element: { types: { anyOf: [from, ...allowed] } } } },
            })),
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
          ],
        },
      ],
    },
  },
);
