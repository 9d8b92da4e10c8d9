export { openPictureMenu } from './openmenu';
export { Exportable, type IPicture } from './Exportable';
