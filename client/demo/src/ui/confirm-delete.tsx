import type { Inspection, TeamDatabase } from '../data/team.js';
import { Dialog } from './dialog.js';

/** Asks before an inspection goes, together with its verdict: one transaction, so nobody ever sees the one without the other. */
export function ConfirmDelete({ db, inspection, onClose }: { db: TeamDatabase; inspection: Inspection; onClose: () => void }) {
  const remove = async () => {
    await db.transaction(['todos', 'verdicts'], async tx => {
      await tx.delete('todos', inspection.id);
      if (await tx.get('verdicts', inspection.id)) await tx.delete('verdicts', inspection.id);
    });
    location.hash = '#/inspections';
  };
  return (
    <Dialog title="Delete this inspection?" kind="narrow" onClose={onClose}>
      <p>“{inspection.title}” goes for the whole team, with its verdict.</p>
      <div class="row end">
        <button type="button" class="button quiet" onClick={onClose}>
          Keep it
        </button>
        <button type="button" class="button danger" onClick={() => void remove()}>
          Delete
        </button>
      </div>
    </Dialog>
  );
}
