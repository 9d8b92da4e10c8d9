import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CommandRegistry } from '@lumino/commands';
import { english } from '../../../core';
import type { IKerasTracker } from '../../document/tokens';
import { DocumentCommands } from '../documentcommands';

describe('DocumentCommands', () => {
  it('says in the caption why a command can not be used', () => {
    const commands = new CommandRegistry();
    const documents = new DocumentCommands({
      app: { commands } as unknown as JupyterFrontEnd,
      tracker: {} as IKerasTracker,
      trans: english as never,
      palette: null
    });
    let hindrance: string | null = 'There is no data.';
    documents.add('look', {
      label: 'Look',
      caption: 'Look at the data',
      hindrance: () => hindrance,
      execute: () => undefined
    });
    expect(commands.isEnabled('look')).toBe(false);
    expect(commands.caption('look')).toBe('There is no data.');
    hindrance = null;
    expect(commands.isEnabled('look')).toBe(true);
    expect(commands.caption('look')).toBe('Look at the data');
  });
});
