import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import jupyterPlugin from '@jupyter/eslint-plugin';
import prettierRecommended from 'eslint-plugin-prettier/recommended';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The rooms of each part of the house, from the ground up. A room imports from those before it only; rooms on one line
 * know nothing of each other. Files that are in no room may import them all.
 */
const ROOMS = {
  'src/core': [
    ['keras', 'isobject', 'translation'],
    ['graph'],
    ['catalog'],
    ['protocol'],
    ['kernel'],
    ['runs'],
    ['edits'],
    ['document'],
    ['analysis'],
    ['session'],
    ['insight'],
    ['results'],
    ['editormodel']
  ],
  'src/editor': [
    ['host', 'Icon', 'format', 'download', 'hooks'],
    ['exporting'],
    ['errors', 'forms', 'layout', 'charts', 'Tabs', 'sorting'],
    ['drawing', 'data', 'insight'],
    [
      'canvas',
      'palette',
      'code',
      'layer',
      'model',
      'training',
      'pictures',
      'why'
    ],
    ['hints', 'runs', 'results']
  ],
  'src/lab': [
    ['choosepath', 'newdocument', 'ids'],
    ['icons', 'loader', 'commitfield', 'showforms'],
    ['kernel'],
    ['document'],
    ['commands'],
    ['files', 'panels']
  ]
};

const restricted = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] }
});

/** What a part must not import, packages and parts beside it, and why; and what its rooms must not. */
const part = (folder, packages, parts, message) => {
  const outside = [
    { group: packages, message },
    { regex: `^\\.{1,2}/(.*/)?(${parts.join('|')})(/|$)`, message }
  ];
  const floors = ROOMS[folder] ?? [];
  const homeless = readdirSync(new URL(folder, import.meta.url), {
    withFileTypes: true
  })
    .filter(entry => entry.isDirectory() && entry.name !== '__tests__')
    .filter(({ name }) => floors.length > 0 && !floors.flat().includes(name));
  if (homeless.length > 0) {
    throw new Error(`ROOMS lacks ${folder}/${homeless[0].name}.`);
  }
  const rooms = floors.flatMap((floor, i) =>
    floor.flatMap(room => {
      const below = floors.slice(0, i).flat().join('|') || '-';
      const message = `${folder}/${room} imports from the rooms below it: see ROOMS in eslint.config.mjs`;
      const above = dots => ({
        regex: `^${dots}(?!/(\\.\\.|${below})(/|$))`,
        message
      });
      return [
        restricted([`${folder}/${room}/**`], [...outside, above('\\.\\.')]),
        restricted(
          [`${folder}/${room}.{ts,tsx}`],
          [...outside, above('\\.(?!\\.)')]
        )
      ];
    })
  );
  const tests = restricted([`${folder}/**/__tests__/**`], outside);
  return [restricted([`${folder}/**`], outside), ...rooms, tests];
};

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
  ...part(
    'src/core',
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
  ...part(
    'src/editor',
    ['@jupyterlab/*', '@anywidget/*'],
    ['lab', 'notebook'],
    'The editor knows no host: core <- editor <- lab | notebook.'
  ),
  ...part(
    'src/lab',
    ['@anywidget/*'],
    ['notebook'],
    'The hosts do not know each other.'
  ),
  ...part(
    'src/notebook',
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
