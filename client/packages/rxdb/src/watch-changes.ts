import type { RxCollection, RxReplicationPullStreamItem } from 'rxdb/plugins/core';
import { readEvents } from './event-stream.js';
import { HttpError } from './http-error.js';
import { completeTombstones } from './local-documents.js';
import type { Service } from './service.js';
import type { MyriadSyncCheckpoint, Page } from './wire.js';

/** The service says something at once; a stream that is silent for longer is held back by something on the way. */
const FIRST_EVENT_MS = 10_000;
/** And something every 15 seconds: the connection of one that is silent for longer is gone, though nobody may have said so. */
const SILENT_MS = 45_000;
/** Before a stream is opened anew: one that ends at once must not be opened without end. */
const REOPEN_MS = 1_000;
const POLL_SECONDS = 25;
/** How long an answer may take beside the time that the service was told to wait. */
const ANSWER_MS = 30_000;
const GONE = 410;

/** What a watch needs to know and to do. */
export interface Watch<RxDocType> {
  collection: RxCollection<RxDocType>;
  service: Service;
  /** The dataset's own address, for the long poll. */
  changes: Service;
  store: string;
  /** Where the last pull ended, as the service's own cursor; undefined: nothing was pulled yet. */
  cursor(): string | undefined;
  emit(item: RxReplicationPullStreamItem<RxDocType, MyriadSyncCheckpoint>): void;
  fail(error: unknown): void;
  /** Ends the watch. */
  signal: AbortSignal;
  retryTime: number;
}

/** Follows the changes of a store until it is told to stop: by events, or, where they do not get through, by long poll. */
export async function watchChanges<RxDocType>(watch: Watch<RxDocType>, polls: boolean): Promise<void> {
  let usesPoll = polls;
  let cursor: string | undefined;
  while (!watch.signal.aborted) {
    try {
      if (usesPoll) cursor = await pollOnce(watch, cursor);
      else if (await streamOnce(watch)) await pause(REOPEN_MS, watch.signal);
      else usesPoll = true;
    } catch (error) {
      if (watch.signal.aborted) return;
      watch.fail(error);
      await pause(watch.retryTime, watch.signal);
    }
  }
}

/** Reads one stream to its end, or until it falls silent. False: it cannot be read while it comes. */
async function streamOnce<RxDocType>(watch: Watch<RxDocType>): Promise<boolean> {
  const ends = new AbortController();
  const signal = AbortSignal.any([watch.signal, ends.signal]);
  const endAfter = (silentMs: number) => setTimeout(() => ends.abort(), silentMs);
  let silence = endAfter(FIRST_EVENT_MS);
  let heard = false;
  try {
    const query = new URLSearchParams({ primaryPath: watch.collection.schema.primaryPath as string });
    const response = await watch.service.request(`/pullStream?${query}`, { signal, headers: { Accept: 'text/event-stream' } });
    if (!response.body) return false;
    for await (const event of readEvents(response.body)) {
      clearTimeout(silence);
      silence = endAfter(SILENT_MS);
      // Whatever was committed before the stream was there is pulled; what comes after it is in the stream.
      if (!heard) watch.emit('RESYNC');
      heard = true;
      if (event.data === '') continue;
      const page = JSON.parse(event.data) as Page<RxDocType>;
      watch.emit({
        documents: await completeTombstones(watch.collection, page.documents),
        checkpoint: { ...page.checkpoint, reload: '' },
      });
    }
    return true;
  } catch (error) {
    if (!ends.signal.aborted || watch.signal.aborted) throw error;
    return heard;
  } finally {
    clearTimeout(silence);
  }
}

/** Waits for a change and has it pulled; goes on from where the last wait ended. */
async function pollOnce<RxDocType>(watch: Watch<RxDocType>, since: string | undefined): Promise<string | undefined> {
  if (since === undefined) {
    watch.emit('RESYNC');
    since = watch.cursor();
  }
  if (since === undefined) {
    await pause(watch.retryTime, watch.signal);
    return undefined;
  }
  try {
    const query = new URLSearchParams({ since, stores: watch.store, wait: String(POLL_SECONDS) });
    const signal = AbortSignal.any([watch.signal, AbortSignal.timeout(POLL_SECONDS * 1000 + ANSWER_MS)]);
    const page = (await (await watch.changes.request(`/changes?${query}`, { signal })).json()) as {
      changes: unknown[];
      cursor: string;
    };
    if (page.changes.length > 0) watch.emit('RESYNC');
    return page.cursor;
  } catch (error) {
    if (error instanceof HttpError && error.status === GONE) return undefined;
    throw error;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
