import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Cross } from './icons.js';

interface Props {
  title: string;
  /** Added to the dialog's class. */
  kind?: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A dialog. The browser's own: it keeps the focus inside, gives it back, and closes with Escape. */
export function Dialog({ title, kind = '', onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  // Before anything is painted: what is typed next is meant for the dialog.
  useLayoutEffect(() => {
    const dialog = ref.current!;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const outside = (event: MouseEvent) => {
    if (event.target === ref.current) onClose();
  };
  return (
    <dialog
      ref={ref}
      class={`dialog ${kind}`}
      aria-labelledby="dialog-title"
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={outside}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id="dialog-title">{title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Cross />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
