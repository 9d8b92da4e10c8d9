export * from './RunView';
export * from './TrainForm';
export * from './TrainPanel';
