export * from './ResultsTab';
export * from './savepredictions';
