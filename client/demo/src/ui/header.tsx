import { useEffect, useRef, useState } from 'preact/hooks';
import { inPane, type Person } from '../data/people.js';
import type { Register } from '../data/register.js';
import type { TeamDatabase } from '../data/team.js';
import { useSyncStatus } from '../data/use-live.js';
import { Columns, Mark } from './icons.js';
import { Initials } from './initials.js';
import type { Route } from './route.js';
import { SyncBadge } from './sync-badge.js';
import { SyncPanel } from './sync-panel.js';
import { ThemeSwitch } from './theme-switch.js';

interface Props {
  db: TeamDatabase;
  person: Person;
  register: Register;
  page: Route['page'];
  offline: boolean;
  onOffline: (offline: boolean) => void;
  onLeave: () => void;
}

/** Brand, pages, how sync stands, the network switch, and who is there. */
export function Header({ db, person, register, page, offline, onOffline, onLeave }: Props) {
  const status = useSyncStatus(db);
  const [open, setOpen] = useState<'sync' | 'person'>();
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !head.current!.contains(event.target as Node)) setOpen(undefined);
    };
    addEventListener('keydown', close);
    addEventListener('pointerdown', close);
    return () => {
      removeEventListener('keydown', close);
      removeEventListener('pointerdown', close);
    };
  }, [open]);
  const toggle = (what: 'sync' | 'person') => setOpen(open === what ? undefined : what);
  return (
    <header ref={head} class="head">
      <a class="brand" href="#/">
        <Mark />
        <span>Fieldbook</span>
      </a>
      <nav class="pages" aria-label="Pages">
        <a href="#/inspections" aria-current={page === 'inspections' ? 'page' : undefined}>
          Inspections
        </a>
        <a href="#/places" aria-current={page === 'places' ? 'page' : undefined}>
          Places
        </a>
      </nav>
      <div class="head-tools">
        <label class="switch">
          <input type="checkbox" role="switch" checked={offline} onChange={event => onOffline(event.currentTarget.checked)} />
          <span class="switch-track" aria-hidden="true" />
          <span class="switch-text">Offline</span>
        </label>
        <SyncBadge status={status} expanded={open === 'sync'} onToggle={() => toggle('sync')} />
        <button
          type="button"
          class="avatar"
          aria-label={`${person.name}: menu`}
          aria-expanded={open === 'person'}
          onClick={() => toggle('person')}
        >
          <Initials person={person} />
          {inPane() && <span class="avatar-name">{person.name.split(' ')[0]}</span>}
        </button>
      </div>
      {open === 'sync' && <SyncPanel db={db} register={register} status={status} offline={offline} />}
      {open === 'person' && (
        <div class="panel person-panel" role="region" aria-label="Menu">
          <p class="panel-title">
            <strong>{person.name}</strong>
            <small>{person.trade}, Team North</small>
          </p>
          <ThemeSwitch />
          {!inPane() && (
            <>
              <a class="button quiet wide" href="#/together">
                <Columns />
                Two people side by side
              </a>
              <button type="button" class="button quiet wide" onClick={onLeave}>
                Somebody else
              </button>
            </>
          )}
        </div>
      )}
    </header>
  );
}
