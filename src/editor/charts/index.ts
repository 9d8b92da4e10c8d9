export * from './Charts';
