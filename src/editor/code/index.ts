export { CodeTab, type ICodeTabProps } from './CodeTab';
