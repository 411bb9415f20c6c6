import { describe, expect, it } from "vitest";
import type { ConnectorContext, Cursor } from "../../../contract/ports";
import type { ScriptedAnswer, SeenRequest } from "../../../contract/testing/scripted-http";
import { scriptedContext } from "../testing/scripted-context";
import { hepsiburadaCatalog } from "./catalog";

const CARDS = 430;
const LISTINGS = 1_180;

const article = (index: number) => `ART-${String(index).padStart(4, "0")}`;
const numbers = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
const listing = (index: number) => ({ merchantSku: article(index), hepsiburadaSku: `HB${index}`, price: 10, availableStock: index });

interface Shop {
  readonly cards: number;
  /** What a page of listings holds at most, whatever is asked for. */
  readonly listingsAPage: number;
  readonly fails?: (path: string) => boolean;
}

function answerOf({ cards, listingsAPage, fails }: Shop, { path }: SeenRequest): ScriptedAnswer {
  if (fails?.(path) === true) return { status: 500, json: {} };
  const query = new URL(path, "https://x").searchParams;
  const asked = query.get("merchantSkuList")?.split(",");
  if (asked !== undefined) return { json: { listings: asked.map((sku) => listing(Number(sku.slice(4)))), totalCount: asked.length } };
  if (path.startsWith("/listings/")) {
    const from = Number(query.get("offset"));
    return {
      json: { listings: numbers(from, Math.min(from + Math.min(listingsAPage, Number(query.get("limit"))), LISTINGS)).map(listing), totalCount: LISTINGS },
    };
  }
  const [page, size] = [Number(query.get("page")), Number(query.get("size"))];
  const data = numbers(page * size, Math.min((page + 1) * size, cards)).map((index) => ({ merchantSku: article(index), productName: `Set ${index}` }));
  return { json: { success: true, totalPages: Math.ceil(cards / size), last: (page + 1) * size >= cards, data } };
}

const contextOf = (shop: Shop) => scriptedContext((request) => answerOf(shop, request));

async function readAll(context: ConnectorContext): Promise<{ readonly names: readonly string[]; readonly pulls: number }> {
  const names: string[] = [];
  let cursor: Cursor | undefined;
  for (let pulls = 1; ; pulls += 1) {
    const page = await hepsiburadaCatalog.pull(context, cursor === undefined ? {} : { cursor });
    names.push(...page.records.map(({ name }) => name));
    if (page.next === undefined) return { names, pulls };
    // As a checkpoint keeps it.
    cursor = JSON.parse(JSON.stringify(page.next)) as Cursor;
  }
}

/** Those with a card by its name, the others by their article. */
const everything = (cards: number) => numbers(0, LISTINGS).map((index) => (index < cards ? `Set ${index}` : article(index)));

describe("the catalogue", () => {
  it.each([
    ["several pages of cards and listings", { cards: CARDS, listingsAPage: 100 }],
    ["a service that gives less than is asked for", { cards: CARDS, listingsAPage: 60 }],
    ["cards that end with a full page", { cards: 400, listingsAPage: 100 }],
    ["a single page of cards", { cards: 7, listingsAPage: 100 }],
    ["no cards at all", { cards: 0, listingsAPage: 100 }],
  ])("tells everything once, in its order: %s", async (_, shop) => {
    const { context } = contextOf(shop);
    expect((await readAll(context)).names).toEqual(everything(shop.cards));
  });

  it("is read a few pages at a time once their number is told, and never beyond it", async () => {
    const { http, context } = contextOf({ cards: CARDS, listingsAPage: 100 });
    const { pulls } = await readAll(context);
    const pages = http.seen.flatMap(({ path }) => /[?&]page=(\d+)/.exec(path)?.[1] ?? []).map(Number);
    expect(pages.sort((a, b) => a - b)).toEqual(numbers(0, 9));
    const offsets = http.seen.filter(({ path }) => !path.includes("merchantSkuList")).flatMap(({ path }) => /[?&]offset=(\d+)/.exec(path)?.[1] ?? []);
    expect(offsets.map(Number)).toEqual(numbers(0, 12).map((page) => page * 100));
    // One page, then four and four; one page of listings, then four, four and three.
    expect(pulls).toBe(7);
  });

  it("fails with the call that failed, when all of them have ended", async () => {
    const { http, context } = contextOf({ cards: CARDS, listingsAPage: 100, fails: (path) => path.includes("page=2") });
    const first = await hepsiburadaCatalog.pull(context, {});
    await expect(hepsiburadaCatalog.pull(context, { cursor: first.next })).rejects.toMatchObject({ kind: "unavailable" });
    expect(http.seen.filter(({ path }) => path.includes("merchantSkuList"))).toHaveLength(4);
  });
});
