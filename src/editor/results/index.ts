export * from './ResultsTab';
