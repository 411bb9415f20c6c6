import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import type { ConnectorContext, Cursor, PullPage, SalesPort } from "../ports";
import type { ExternalSaleLine } from "../records";
import { contextOf, expectLimited, onStand, portOf, type SalesStand, type Stand, type StandMaker } from "./stand";

/** How every connector with sales must read them. */
export function salesSuite(connector: Connector, make: StandMaker): void {
  const port = portOf(connector, "sales");

  describe(`${connector.id}: reading sales`, () => {
    it("adds up to what the service itself says, lines, pieces, revenue and payout", () =>
      onStand(make, async (stand) => {
        const lines = new Lines(port, contextOf(stand), salesOf(stand));
        await lines.run();
        const counted = settled([...lines.byId.values()]);
        const sales = counted.filter((line) => line.kind === "sale" || line.kind === "return");
        expect({
          lines: sales.length,
          quantity: sales.reduce((sum, line) => sum + line.quantity, 0),
          revenueMinor: sales.reduce((sum, line) => sum + Number(line.revenueMinor), 0),
          payoutMinor: counted.reduce((sum, line) => sum + Number(line.revenueMinor + line.feesMinor), 0),
        }).toEqual(await salesOf(stand).truth());
        expect(lines.pages).toBeGreaterThan(1);
        expect(lines.lastProgress).toEqual({ done: lines.pages, total: lines.pages });
      }));

    it("holds what the records promise: returns negative, ids unique, fees add up, dates inside the window", () =>
      onStand(make, async (stand) => {
        const lines = new Lines(port, contextOf(stand), salesOf(stand));
        await lines.run();
        expect(lines.repeated).toBe(0);
        const { from, to } = salesOf(stand).window;
        for (const line of lines.byId.values()) {
          expect(line.feesMinor).toBe(line.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n));
          expect(line.date >= from.toISOString().slice(0, 10) && line.date <= to.toISOString().slice(0, 10)).toBe(true);
          if (line.kind === "return") expect([line.revenueMinor < 0n, line.quantity < 0]).toEqual([true, true]);
          if (line.kind === "fee") expect(line.revenueMinor).toBe(0n);
        }
      }));

    it("gives the same ids and figures when read again, resumed or not", () =>
      onStand(make, async (stand) => {
        const whole = new Lines(port, contextOf(stand), salesOf(stand));
        await whole.run();
        const broken = new Lines(port, contextOf(stand), salesOf(stand));
        await broken.stepAndDie();
        await broken.step();
        await broken.stepAndDie();
        await broken.run();
        expect(broken.byId).toEqual(whole.byId);
        await broken.run();
        expect(broken.byId).toEqual(whole.byId);
      }));

    it("keeps its place through broken answers, outages and limits, and unknown values change no figure", () =>
      onStand(make, async (stand) => {
        const plain = new Lines(port, contextOf(stand), salesOf(stand));
        await plain.run();
        const lines = new Lines(port, contextOf(stand), salesOf(stand));
        await lines.step();
        await stand.fail({ kind: "malformed-json" }, "sales");
        await expect(lines.step()).rejects.toMatchObject({ kind: "malformed" });
        await stand.fail({ kind: "html-gateway" }, "sales");
        await expect(lines.step()).rejects.toMatchObject({ kind: "unavailable" });
        await stand.fail({ kind: "rate-limit", retryAfterSeconds: 4 }, "sales");
        await expectLimited(stand, lines.step(), 4_000);
        await stand.fail({ kind: "unknown-enum" }, "sales", 3);
        await lines.run();
        const payout = (of: Lines) => [...of.byId.values()].reduce((sum, line) => sum + line.revenueMinor + line.feesMinor, 0n);
        expect(payout(lines)).toBe(payout(plain));
      }));
  });
}

/** What totals are made of: an early line counts until the accounts have one of its key. */
function settled(lines: readonly ExternalSaleLine[]): readonly ExternalSaleLine[] {
  const final = new Set(lines.flatMap((line) => (line.isPreliminary || line.settlementKey === undefined ? [] : [line.settlementKey])));
  return lines.filter((line) => !line.isPreliminary || line.settlementKey === undefined || !final.has(line.settlementKey));
}

function salesOf(stand: Stand): SalesStand {
  if (stand.sales === undefined) throw new Error("this stand has no sales");
  return stand.sales;
}

/** The rows of the house, by the service's ids. */
class Lines {
  readonly byId = new Map<string, ExternalSaleLine>();
  private cursor: Cursor | undefined;
  pages = 0;
  /** Ids that came twice in one run. */
  repeated = 0;
  lastProgress: PullPage<unknown>["progress"];

  constructor(
    private readonly port: SalesPort,
    private readonly context: ConnectorContext,
    private readonly stand: SalesStand,
  ) {}

  async stepAndDie(): Promise<void> {
    await this.read();
  }

  async step(): Promise<boolean> {
    const page = await this.read();
    expect(page.received).toBe(page.records.length + page.rejected.length);
    for (const line of page.records) {
      if (this.byId.has(line.externalId)) this.repeated += 1;
      this.byId.set(line.externalId, line);
    }
    this.pages += 1;
    this.lastProgress = page.progress;
    this.cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Cursor);
    return this.cursor !== undefined;
  }

  async run(): Promise<void> {
    for (let pages = 0; await this.step(); pages += 1) if (pages > 500) throw new Error("a run of more than 500 pages");
  }

  private read(): Promise<PullPage<ExternalSaleLine>> {
    return this.port.pull(this.context, { window: this.stand.window, cursor: this.cursor });
  }
}
