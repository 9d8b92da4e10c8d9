import { CommandRegistry } from '@lumino/commands';
import { stateNotifier } from '../commandstates';

describe('stateNotifier', () => {
  it('tells of the commands whose state is another one, and of no others', () => {
    const commands = new CommandRegistry();
    let canUndo = false;
    let isRunning = false;
    let isOpen = false;
    commands.addCommand('undo', {
      isEnabled: () => canUndo,
      execute: () => undefined
    });
    commands.addCommand('stop', {
      isEnabled: args => !!args.toolbar && isRunning,
      label: () => (isRunning ? 'Stop' : 'Stopped'),
      execute: () => undefined
    });
    commands.addCommand('look', {
      isToggleable: true,
      isToggled: () => isOpen,
      execute: () => undefined
    });
    const told: (string | undefined)[] = [];
    const notify = stateNotifier(commands, ['undo', 'stop', 'look']);
    notify();
    commands.commandChanged.connect((_, { id }) => told.push(id));
    notify();
    expect(told).toEqual([]);
    canUndo = true;
    notify();
    notify();
    expect(told).toEqual(['undo']);
    isRunning = true;
    notify();
    expect(told).toEqual(['undo', 'stop']);
    isOpen = true;
    notify();
    expect(told).toEqual(['undo', 'stop', 'look']);
  });
});
