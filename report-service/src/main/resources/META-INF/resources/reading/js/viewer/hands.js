/** Pointer and wheel on the stage: drag for the window, with Shift or another button to move, two fingers to zoom and move. */

/**
 * @param {HTMLElement} element
 * @param {import('./stage.js').Stage} stage
 * @param {(step: number) => boolean} leaf turns the stack; false where there is none, and the wheel zooms
 */
export function hands(element, stage, leaf) {
  const pointers = new Map();
  let moving = false;

  const middle = event => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
  };

  element.addEventListener('pointerdown', event => {
    if (!event.target.closest('button, input, select')) {
      element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, event);
      moving = event.shiftKey || event.button !== 0;
    }
  });
  element.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const dx = event.clientX - before.clientX;
    const dy = event.clientY - before.clientY;
    if (pointers.size === 2) {
      const other = [...pointers.values()].find(each => each.pointerId !== event.pointerId);
      const distance = from => Math.hypot(from.clientX - other.clientX, from.clientY - other.clientY);
      stage.pan(dx / 2, dy / 2);
      stage.zoomBy(distance(event) / Math.max(1, distance(before)), ...middle(event));
    } else if (moving) {
      stage.pan(dx, dy);
    } else {
      stage.dragWindow(dx, dy);
    }
    pointers.set(event.pointerId, event);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    element.addEventListener(end, event => pointers.delete(event.pointerId));
  }
  element.addEventListener('contextmenu', event => event.preventDefault());
  element.addEventListener('dblclick', event => !event.target.closest('button') && stage.reset());
  element.addEventListener('wheel', event => {
    event.preventDefault();
    if (event.ctrlKey || !leaf(Math.sign(event.deltaY))) {
      stage.zoomBy(event.deltaY < 0 ? 1.12 : 1 / 1.12, ...middle(event));
    }
  }, { passive: false });
}
