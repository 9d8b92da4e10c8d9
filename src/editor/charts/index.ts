export * from './Charts';
export * from './CurveChart';
