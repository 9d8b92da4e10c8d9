export * from './OutputView';
export * from './SampleBar';
