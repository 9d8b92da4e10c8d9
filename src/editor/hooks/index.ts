export * from './model';
export * from './undo';
