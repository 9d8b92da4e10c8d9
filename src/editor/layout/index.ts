export * from './below';
export * from './card';
export * from './positions';
export * from './useLayout';
