import { toSnakeCase } from '../..';
import names from '../../../../tests/fixtures/snake_case.json';

describe('toSnakeCase', () => {
  it.each(Object.entries(names))(
    'writes %s as Keras does',
    (className, expected) => {
      expect(toSnakeCase(className)).toBe(expected);
    }
  );
});
