import { useHost } from '../host';
import { useModel } from '../hooks';

/** Gives what selects a node and shows all that comes out of it, in the forms, which may be closed. */
export function useShowOutput(): (node: string) => void {
  const { inside, selection } = useModel();
  const { showForms } = useHost();
  return node => {
    selection.select([node]);
    inside.showLarge();
    showForms();
  };
}
