export { EpochSliderHere } from './epochs/EpochSlider';
export * from './LargeOutput';
export * from './Likely';
export * from './outputpicture';
export * from './OutputView';
export * from './SampleBar';
export * from './useShowOutput';
export * from './plane';
export * from './embedding/EmbeddingSection';
