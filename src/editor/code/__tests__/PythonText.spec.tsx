import { cleanup, render } from '@testing-library/react';
import * as React from 'react';
import { PythonText } from '../PythonText';

afterEach(cleanup);

/** The coloured parts of a code, as `kind text`. */
function parts(code: string): string[] {
  const { container } = render(<PythonText code={code} />);
  expect(container.textContent).toBe(code);
  return [...container.querySelectorAll('span')].map(
    ({ className, textContent }) =>
      `${className.replace('jp-kerasviz-Python-', '')} ${textContent}`
  );
}

describe('PythonText', () => {
  it('colours what code is made of, and changes no letter', () => {
    const code =
      'from keras import layers\n# 1 "a"\nx1 = layers.BatchNormalization(1.001e-05, axis=-1, name="bn_1", scale=None)(x)';
    expect(parts(code)).toEqual([
      'keyword from',
      'keyword import',
      'comment # 1 "a"',
      'number 1.001e-05',
      'number 1',
      'string "bn_1"',
      'keyword None'
    ]);
  });

  it.each(["'it\\'s # \"x\"'", '"<b>\\"1"', '"a # 1"'])(
    'takes %s for one text',
    text => {
      expect(parts(`name=${text}`)).toEqual([`string ${text}`]);
    }
  );
});
