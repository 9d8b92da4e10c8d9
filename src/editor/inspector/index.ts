export { ArgumentsForm, type IArgumentsFormProps } from './ArgumentsForm';
export { Inspector } from './Inspector';
