export * from './below';
export * from './card';
export * from './shownpositions';
export * from './stretch';
export * from './useAutoLayout';
