import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { useSteadyPress } from '../steadypress';

function Form({ onTick }: { onTick: () => void }): JSX.Element {
  const root = React.useRef<HTMLDivElement>(null);
  useSteadyPress(root);
  return (
    <div ref={root} data-testid="form">
      <input type="checkbox" aria-label="one" onChange={onTick} />
      <input type="checkbox" aria-label="other" />
    </div>
  );
}

describe('useSteadyPress', () => {
  const tick = jest.fn();
  const at = { clientX: 20, clientY: 40, detail: 1 };

  beforeEach(() => {
    tick.mockClear();
    render(<Form onTick={tick} />);
    fireEvent.mouseDown(screen.getByLabelText('one'), at);
  });
  afterEach(cleanup);

  it('ticks the box that was pressed, though the form moved away under the pointer', () => {
    fireEvent.click(screen.getByTestId('form'), at);
    expect(tick).toHaveBeenCalledTimes(1);
  });

  it('ticks it once where nothing moved', () => {
    fireEvent.click(screen.getByLabelText('one'), at);
    expect(tick).toHaveBeenCalledTimes(1);
  });

  it('ticks nothing where the pointer went elsewhere before it was let go', () => {
    fireEvent.click(screen.getByTestId('form'), { ...at, clientY: 90 });
    expect(tick).not.toHaveBeenCalled();
  });
});
