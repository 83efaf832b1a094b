import { rowKey } from '../keys/row-key.js';
import type { OutboxItem } from '../storage/layout.js';

/** Items by their record, in their order. */
export function byRecord(items: readonly OutboxItem[]): OutboxItem[][] {
  const groups = new Map<string, OutboxItem[]>();
  for (const item of items) {
    const id = `${item.store}~${rowKey(item.key)}`;
    const group = groups.get(id);
    if (group) group.push(item);
    else groups.set(id, [item]);
  }
  return [...groups.values()];
}
