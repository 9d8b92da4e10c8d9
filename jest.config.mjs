/** Runs the specs in the __tests__ folders. Packages that are ES modules are compiled like our own source. */
const modules = [
  '@codemirror',
  '@jupyter',
  '@jupyterlab',
  '@microsoft',
  '@rjsf',
  '@xyflow',
  'd3-.*',
  'exenv-es6',
  'lib0',
  'nanoid',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');

export default {
  testEnvironment: 'jsdom',
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  // A loaded machine is slow, and that is no fault of what is tested.
  testTimeout: 60_000,
  // As many as there are cores; jest would leave one of them idle.
  maxWorkers: '100%',
  roots: ['<rootDir>/src'],
  testMatch: ['**/__tests__/**/*.spec.{ts,tsx}'],
  transform: { '\\.m?[jt]sx?$': '<rootDir>/jest.transform.mjs' },
  transformIgnorePatterns: [`/node_modules/(?!(${modules})/)`]
};
