export * from './Charts';
export * from './CurveChart';
export type { IFound } from './found';
