import { useState } from 'preact/hooks';

interface Toast {
  id: number;
  text: string;
}

const SHOWN_MS = 8000;
let last = 0;

/** Short messages that go by themselves, and the way to say one. */
export function useToasts(): [readonly Toast[], (text: string) => void] {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const tell = (text: string) => {
    const toast = { id: ++last, text };
    setToasts(shown => [...shown.slice(-2), toast]);
    setTimeout(() => setToasts(shown => shown.filter(one => one !== toast)), SHOWN_MS);
  };
  return [toasts, tell];
}

export function Toasts({ toasts }: { toasts: readonly Toast[] }) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map(toast => (
        <p key={toast.id} class="toast">
          {toast.text}
        </p>
      ))}
    </div>
  );
}
