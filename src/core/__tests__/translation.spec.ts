import { english, KerasDocument, translateWith, type ITranslation } from '..';

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

describe('the core', () => {
  const asked: string[] = [];
  const other: ITranslation = {
    ...english,
    __: (sentence, ...args) => {
      asked.push(sentence);
      return [...args].reverse().join(' / ');
    }
  };

  afterEach(() => translateWith(english));

  it('says what is wrong in the language of the program around it', () => {
    const document = KerasDocument.create();
    document.setSource('[1,\n2 3]');
    expect(document.error).toBe(
      "This is not valid JSON: unexpected '3' at line 2, column 3."
    );
    translateWith(other);
    document.setSource('[1,\n2 3]');
    expect(document.error).toBe('3 / 2 / 3');
    expect(asked).toEqual([
      "This is not valid JSON: unexpected '%1' at line %2, column %3."
    ]);
  });
});
