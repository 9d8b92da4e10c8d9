export * from './CurvesTab';
export * from './RunButtons';
export * from './RunError';
export * from './RunView';
export * from './TrainForm';
export * from './TrainPanel';
