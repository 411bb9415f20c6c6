import { ConnectorError } from "../errors";
import type { ExternalOrder, OrdersPort } from "../orders";
import type { ConnectorContext, Cursor, PullPage } from "../ports";

/** A wait the connector asks for itself (a report in the making); the house sleeps and asks again. */
const OWN_PACE = "remote.own_pace";
const MOST_WAITS = 50;

/** What the real house does with pages of orders, in memory: the newest version wins, cursor and rows committed together. */
export class MemoryOrders {
  readonly orders = new Map<string, ExternalOrder>();
  private cursor: Cursor | undefined;
  private checkpoint: Cursor | undefined;
  pages = 0;

  constructor(
    private readonly port: OrdersPort,
    private readonly context: ConnectorContext,
    private readonly wait: (ms: number) => Promise<void>,
  ) {}

  /** Reads one page and commits it; true while the run goes on. */
  async step(): Promise<boolean> {
    const page = await this.read();
    if (page.received !== page.records.length + page.rejected.length) throw new Error(`the page says it carried ${page.received}`);
    for (const order of page.records) {
      const known = this.orders.get(order.externalId);
      if (known === undefined || known.versionAt <= order.versionAt) this.orders.set(order.externalId, order);
    }
    this.pages += 1;
    this.cursor = page.next === undefined ? undefined : throughJson(page.next);
    if (page.checkpoint !== undefined) this.checkpoint = throughJson(page.checkpoint);
    return this.cursor !== undefined;
  }

  /** Reads a page and loses it: the process died before the commit. */
  async stepAndDie(): Promise<void> {
    await this.read();
  }

  async run(): Promise<void> {
    for (let pages = 0; await this.step(); pages += 1) if (pages > 500) throw new Error("a run of more than 500 pages");
  }

  held(externalId: string): ExternalOrder {
    const order = this.orders.get(externalId);
    if (order === undefined) throw new Error(`the house does not hold ${externalId}`);
    return order;
  }

  /** The service's words by id, in the order of ids. */
  states(): Map<string, string> {
    return new Map([...this.orders].map(([id, order]) => [id, order.remoteState] as const).sort());
  }

  private async read(): Promise<PullPage<ExternalOrder>> {
    for (let waits = 0; ; waits += 1) {
      try {
        return await this.port.pull(this.context, {
          ...(this.cursor === undefined ? {} : { cursor: this.cursor }),
          ...(this.checkpoint === undefined ? {} : { checkpoint: this.checkpoint }),
        });
      } catch (error) {
        if (!(error instanceof ConnectorError) || error.code !== OWN_PACE || waits >= MOST_WAITS) throw error;
        await this.wait(error.retryAfterMs ?? 1_000);
      }
    }
  }
}

/** A cursor is stored as JSON: what does not survive that is no cursor. */
function throughJson(cursor: Cursor): Cursor {
  return JSON.parse(JSON.stringify(cursor)) as Cursor;
}
