import type { ComponentChildren } from 'preact';

function icon(children: ComponentChildren) {
  return () => (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const Check = icon(<path d="m4.5 10.5 3.5 3.5 7.5-8.5" />);
export const Plus = icon(<path d="M10 4v12M4 10h12" />);
export const Minus = icon(<path d="M4 10h12" />);
export const Cross = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const Back = icon(<path d="m12 4-6 6 6 6" />);
export const Search = icon(
  <>
    <circle cx="9" cy="9" r="5.5" />
    <path d="m13 13 4 4" />
  </>,
);
export const Pin = icon(
  <>
    <path d="M10 17.5s5.5-5 5.5-9.3a5.5 5.5 0 0 0-11 0c0 4.3 5.5 9.3 5.5 9.3Z" />
    <circle cx="10" cy="8.2" r="1.8" />
  </>,
);
export const Upload = icon(<path d="M10 15V5m-4 4 4-4 4 4" />);
export const Trash = icon(<path d="M4.5 6h11M8 6V4h4v2m-6 0 .6 10h6.8L14 6" />);
export const Columns = icon(
  <>
    <rect x="3" y="4" width="14" height="12" rx="1.5" />
    <path d="M10 4v12" />
  </>,
);

/** The app's mark. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect class="mark-cover" width="32" height="32" rx="7" />
    <path class="mark-page" d="M10 7h12a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2Z" />
    <path class="mark-check" d="m12 16.5 3 3 5.5-7" />
  </svg>
);
