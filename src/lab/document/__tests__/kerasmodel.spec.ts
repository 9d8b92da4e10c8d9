import { KerasDocument } from '../../../core';
import { KerasModel } from '../kerasmodel';

const SOURCE = KerasDocument.emptySource('net');

describe('KerasModel', () => {
  it('gives an unchanged text back as the same bytes, and is not dirty', () => {
    const model = new KerasModel();
    model.fromString(SOURCE);
    expect(model.toString()).toBe(SOURCE);
    expect(model.dirty).toBe(false);
    expect(model.readOnly).toBe(false);
  });

  it('is dirty after an edit, and tells so', () => {
    const model = new KerasModel();
    model.fromString(SOURCE);
    const told: string[] = [];
    model.stateChanged.connect((_, { name }) => told.push(name));
    let changes = 0;
    model.contentChanged.connect(() => changes++);
    model.sharedModel.setModelName('other');
    expect(model.dirty).toBe(true);
    expect(told).toContain('dirty');
    expect(changes).toBe(1);
    expect(model.toString()).toContain('other');
  });

  it.each(['{"class_name": "Sequen', '{"hello": 1}', 'buy milk'])(
    'refuses to write a text that is no model: %s',
    text => {
      const model = new KerasModel();
      model.fromString(text);
      expect(model.readOnly).toBe(true);
      expect(model.dirty).toBe(false);
      expect(() => model.toString()).toThrow(/JSON/);
    }
  );

  it('can be written again once the file was repaired on disk', () => {
    const model = new KerasModel();
    model.fromString('{');
    model.fromString(SOURCE);
    expect(model.readOnly).toBe(false);
    expect(model.toString()).toBe(SOURCE);
  });
});
