export * from './below';
export * from './card';
export * from './shownpositions';
export * from './useAutoLayout';
