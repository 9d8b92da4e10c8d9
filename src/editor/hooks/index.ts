export * from './model';
export * from './undo';
export * from './kept';
