import { CommandRegistry } from '@lumino/commands';
import { keepToItself } from '../hostkeys';

describe('keepToItself', () => {
  let notebook: HTMLElement;
  let field: HTMLElement;
  let run: jest.Mock;
  let commands: CommandRegistry;
  const listen = (event: KeyboardEvent) => commands.processKeydownEvent(event);

  beforeEach(() => {
    notebook = document.body.appendChild(document.createElement('div'));
    notebook.className = 'jp-Notebook';
    const box = notebook.appendChild(document.createElement('div'));
    field = box.appendChild(document.createElement('div'));
    field.tabIndex = 0;
    keepToItself(box);
    run = jest.fn();
    commands = new CommandRegistry();
    commands.addCommand('cut', { execute: run });
    commands.addKeyBinding({
      command: 'cut',
      keys: ['X'],
      selector: '.jp-Notebook :focus'
    });
  });

  afterEach(() => notebook.remove());

  // JupyterLab takes keys as they bubble, Notebook 7 before they come to the editor.
  for (const captures of [false, true]) {
    it(`keeps keys from a notebook that ${captures ? 'captures' : 'bubbles'}`, () => {
      document.addEventListener('keydown', listen, captures);
      const press = (on: HTMLElement) => {
        on.focus();
        on.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'x',
            keyCode: 88,
            bubbles: true,
            cancelable: true
          })
        );
      };
      press(field);
      expect(run).not.toHaveBeenCalled();
      const cell = notebook.appendChild(document.createElement('div'));
      cell.tabIndex = 0;
      press(cell);
      expect(run).toHaveBeenCalledTimes(1);
      document.removeEventListener('keydown', listen, captures);
    });
  }

  it('lets modifiers pass, which React Flow follows on the page', () => {
    const page = jest.fn();
    document.addEventListener('keydown', page);
    for (const key of ['Shift', 'x', 'Control']) {
      field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
    document.removeEventListener('keydown', page);
    expect(page).toHaveBeenCalledTimes(2);
  });
});
