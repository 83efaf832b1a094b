import type { ReplicationPullHandlerResult, RxCollection } from 'rxdb/plugins/core';
import { HttpError } from './http-error.js';
import { completeTombstones } from './local-documents.js';
import { Reload } from './reload.js';
import type { Service } from './service.js';
import { LOG_PREFIX, type MyriadSyncCheckpoint, type Page } from './wire.js';

const GONE = 410;

/** Pulls page after page; loads everything anew where the log has moved on without us. */
export class DocumentPull<RxDocType> {
  readonly #collection: RxCollection<RxDocType>;
  readonly #service: Service;
  #reload: Reload<RxDocType> | undefined;
  #cursor: string | undefined;

  constructor(collection: RxCollection<RxDocType>, service: Service) {
    this.#collection = collection;
    this.#service = service;
  }

  /** Where the last page of the log ended, as the service's own cursor. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** RxDB's pull handler. */
  async pull(
    checkpoint: MyriadSyncCheckpoint | undefined,
    batchSize: number,
  ): Promise<ReplicationPullHandlerResult<RxDocType, MyriadSyncCheckpoint>> {
    let page: Page<RxDocType>;
    const interrupted = !!checkpoint?.reload && checkpoint.reload !== this.#reload?.name;
    try {
      if (interrupted) this.#reload = await Reload.begin(this.#collection);
      page = await this.#request(interrupted ? undefined : checkpoint, batchSize);
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== GONE) throw error;
      this.#reload = await Reload.begin(this.#collection);
      page = await this.#request(undefined, batchSize);
    }
    if (page.checkpoint.id.startsWith(LOG_PREFIX)) this.#cursor = page.checkpoint.id.slice(LOG_PREFIX.length);
    const documents = await completeTombstones(this.#collection, page.documents);
    this.#reload?.see(documents);
    if (this.#reload && page.documents.length < batchSize) {
      documents.push(...(await this.#reload.gone()));
      this.#reload = undefined;
    }
    return { documents, checkpoint: { ...page.checkpoint, reload: this.#reload?.name ?? '' } };
  }

  async #request(checkpoint: MyriadSyncCheckpoint | undefined, batchSize: number): Promise<Page<RxDocType>> {
    const query = new URLSearchParams({ id: checkpoint?.id ?? '', lwt: String(checkpoint?.lwt ?? 0), limit: String(batchSize) });
    query.set('primaryPath', this.#collection.schema.primaryPath as string);
    return (await (await this.#service.request(`/pull?${query}`)).json()) as Page<RxDocType>;
  }
}
