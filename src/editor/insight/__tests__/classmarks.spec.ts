import { classColour, classSymbol } from '../classmarks';
import { cssColour } from '../colours';

describe('marks of classes', () => {
  it('tell as many classes apart as a data set has, in points by colour and symbol, in areas by colour', () => {
    const numbers = [...Array(80).keys()];
    const marks = numbers.map(
      number => `${cssColour(classColour(number))} ${classSymbol(number)}`
    );
    expect(new Set(marks).size).toBe(80);
    const colours = numbers.slice(0, 30).map(number => classColour(number));
    expect(new Set(colours.map(cssColour)).size).toBe(30);
  });

  it('are those of the exported code', () => {
    expect(classColour(1)).toEqual([213, 94, 0]);
    expect(classColour(11)).toEqual([117, 52, 0]);
    expect(classColour(21)).toEqual([234, 175, 128]);
  });
});
