// Written by `make protocol` from kerasviz/protocol; change it there.
export * from './errors';
export * from './analysis';
export * from './run';
export * from './runs';
export * from './statistics';
export * from './data';
export * from './preparation';
export * from './preview';
export * from './insight';
export * from './hints';
export * from './results';
export * from './why';
export * from './pictures';
export * from './files';
export * from './hello';
export * from './frame';
export * from './requests';
