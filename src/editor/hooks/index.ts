export * from './model';
export * from './undo';
export * from './kept';
export * from './keptfocus';
export * from './steadypress';
export * from './answer';
export * from './handlers';
export * from './visible';
