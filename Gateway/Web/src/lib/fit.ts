import type { Attachment } from 'svelte/attachments';

/** Smallest scale a text is shrunk to. */
const least = 0.45;

/**
 * Shrinks an element's `--fit` (1 and below) until its content no longer overflows it. `changes` names what the content
 * depends on, so that it is measured again.
 */
export function fit(changes: () => unknown): Attachment<HTMLElement> {
  return (element) => {
    const measure = () => {
      for (let scale = 1; scale >= least; scale -= 0.05) {
        element.style.setProperty('--fit', scale.toFixed(2));
        if (element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1) return;
      }
    };
    changes();
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  };
}
