import { english } from '../translation';

describe('english', () => {
  it('puts arguments in their places', () => {
    expect(english.__('%2 before %1', 'a', 'b')).toBe('b before a');
  });

  it('leaves the text of an argument as it is', () => {
    expect(english.__('%1 and %2', '%2', '$&')).toBe('%2 and $&');
  });

  it('chooses between one and many', () => {
    expect(english._n('%1 class', '%1 classes', 1)).toBe('1 class');
    expect(english._n('%1 class', '%1 classes', 0)).toBe('0 classes');
  });
});
