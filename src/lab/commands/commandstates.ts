/** Which commands look otherwise than before: each one that is told of makes toolbars draw and measure again. */
import type { CommandRegistry } from '@lumino/commands';

/** In a toolbar, and elsewhere: the focus may be in another tab. */
const PLACES = [{ toolbar: true }, {}];

/** Makes a function that tells JupyterLab of the commands whose state has changed since it was called last. */
export function stateNotifier(
  commands: CommandRegistry,
  ids: readonly string[]
): () => void {
  const states = new Map<string, string>();
  return () => {
    for (const id of ids.filter(one => commands.hasCommand(one))) {
      const state = stateOf(commands, id);
      if (states.get(id) !== state) {
        states.set(id, state);
        commands.notifyCommandChanged(id);
      }
    }
  };
}

function stateOf(commands: CommandRegistry, id: string): string {
  return PLACES.map(args =>
    [
      commands.isEnabled(id, args),
      commands.isVisible(id, args),
      commands.isToggled(id, args),
      commands.label(id, args),
      commands.caption(id, args)
    ].join()
  ).join();
}
