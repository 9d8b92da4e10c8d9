import { leaveTheWheel } from '../hostwheel';

describe('leaveTheWheel', () => {
  it('gives the canvas the wheel with Ctrl, and while the focus is in the box', () => {
    const box = document.body.appendChild(document.createElement('div'));
    const canvas = box.appendChild(document.createElement('div'));
    canvas.tabIndex = -1;
    const zoom = jest.fn();
    canvas.addEventListener('wheel', zoom);
    leaveTheWheel(box);
    const turn = (ctrlKey = false) =>
      canvas.dispatchEvent(new WheelEvent('wheel', { ctrlKey, bubbles: true }));
    turn();
    expect(zoom).not.toHaveBeenCalled();
    turn(true);
    expect(zoom).toHaveBeenCalledTimes(1);
    canvas.focus();
    turn();
    expect(zoom).toHaveBeenCalledTimes(2);
    canvas.blur();
    turn();
    expect(zoom).toHaveBeenCalledTimes(2);
    box.remove();
  });
});
