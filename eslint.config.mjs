import js from '@eslint/js';
import jupyterPlugin from '@jupyter/eslint-plugin';
import prettierRecommended from 'eslint-plugin-prettier/recommended';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What a layer must not import, packages and folders beside it, and why. */
const layer = (files, packages, folders, message) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: packages, message },
          { regex: `^\\.{1,2}/(.*/)?(${folders.join('|')})(/|$)`, message }
        ]
      }
    ]
  }
});

/** Ways to turn text into markup or code: names and texts come from files that nobody checked. */
const markup = name => ({
  selector: `MemberExpression[property.name='${name}']`,
  message: `${name} turns text into markup. Use React or textContent.`
});

export default defineConfig([
  {
    ignores: [
      'node_modules',
      'lib',
      'dist',
      'coverage',
      '.venv',
      '.cache',
      '.yarn',
      'kerasviz/labextension',
      'kerasviz/static',
      'ui-tests/node_modules',
      'ui-tests/playwright-report',
      'ui-tests/test-results',
      'style/index.js',
      '**/*.cjs'
    ]
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  { plugins: { jupyter: jupyterPlugin } },
  jupyterPlugin.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/__tests__/**'],
    languageOptions: {
      globals: { ...globals.browser, ...globals.es2021 },
      parserOptions: { projectService: true, sourceType: 'module' }
    }
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          args: 'none',
          ignoreRestSiblings: true,
          destructuredArrayIgnorePattern: '^_'
        }
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' }
      ],
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-syntax': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map(markup),
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'dangerouslySetInnerHTML turns text into markup.'
        },
        {
          selector:
            "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]",
          message: 'document.write turns text into markup.'
        }
      ],
      'prefer-arrow-callback': 'error'
    }
  },
  layer(
    ['src/core/**'],
    [
      'react',
      'react/*',
      'react-dom',
      'react-dom/*',
      '@xyflow/*',
      '@rjsf/*',
      '@jupyterlab/*'
    ],
    ['editor', 'lab', 'notebook'],
    'core knows neither React nor a host: core <- editor <- lab | notebook.'
  ),
  layer(
    ['src/editor/**'],
    ['@jupyterlab/*', '@anywidget/*'],
    ['lab', 'notebook'],
    'The editor knows no host: core <- editor <- lab | notebook.'
  ),
  layer(
    ['src/lab/**'],
    ['@anywidget/*'],
    ['notebook'],
    'The hosts do not know each other.'
  ),
  layer(
    ['src/notebook/**'],
    ['@jupyterlab/*'],
    ['lab'],
    'The hosts do not know each other.'
  ),
  {
    // Only JupyterLab waits for what a plugin imports; a test knows no translator.
    files: ['src/{core,editor,notebook}/**', '**/__tests__/**', 'ui-tests/**'],
    rules: {
      'jupyter/prefer-lazy-imports': 'off'
    }
  },
  {
    // The notebook is also driven in Notebook 7, where JupyterLab's helpers do not reach.
    files: ['ui-tests/tests/notebook.spec.ts'],
    rules: {
      'jupyter/galata-prefer-notebook-cell-helper': 'off'
    }
  },
  prettierRecommended
]);
