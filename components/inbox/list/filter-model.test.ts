import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chosenFilters,
  DUES,
  dayOf,
  fromSaved,
  hasFilters,
  KINDS,
  type ListFilters,
  MARKS,
  NO_FILTERS,
  orderOf,
  SORTS,
  STATUSES,
  toFilter,
  VIEWS,
} from "./filter-model";

const ZONE = "Europe/Moscow";
const ask = (filters: Partial<ListFilters>, place: "inbox" | "reviews" = "inbox") => toFilter({ ...NO_FILTERS, ...filters }, place, ZONE);

describe("what the list asks for", () => {
  it("is what the view means, and nothing else", () => {
    expect(ask({})).toEqual({ statuses: ["open", "pending"] });
    expect(ask({ view: "mine" })).toEqual({ statuses: ["open", "pending"], assigneeIds: ["me"] });
    expect(ask({ view: "waiting" })).toEqual({ statuses: ["open", "pending"], waiting: true });
    expect(ask({ view: "all" })).toEqual({});
  });

  it("takes a chosen filter over the view's own", () => {
    expect(ask({ view: "mine", assignee: ["none"], status: ["resolved"] })).toEqual({ statuses: ["resolved"], assigneeIds: ["none"] });
  });

  it("means every channel of a marketplace by its name, and one channel by its own", () => {
    expect(ask({ view: "all", channel: ["ozon", "wildberries.review"] }).channels).toEqual(["ozon.chat", "ozon.question", "ozon.review", "wildberries.review"]);
  });

  it("is about reviews and questions alone in their place", () => {
    expect(ask({ view: "all" }, "reviews")).toEqual({ kinds: ["question", "review"] });
    expect(ask({ view: "all", kind: ["review"] }, "reviews")).toEqual({ kinds: ["review"] });
  });

  it("takes days by the clock of the workspace, both included", () => {
    const { from, to } = ask({ from: "2026-11-01", to: "2026-11-01" });
    expect(from?.toISOString()).toBe("2026-10-31T21:00:00.000Z");
    expect(to?.toISOString()).toBe("2026-11-01T20:59:59.999Z");
  });

  it("distinguishes late from nearly late", () => {
    expect(ask({ view: "all", due: "overdue" })).toEqual({ overdue: true });
    expect(ask({ view: "all", due: "60" })).toEqual({ dueWithinMinutes: 60 });
  });

  it("matches all labels only when there are several", () => {
    expect(ask({ view: "all", label: ["a"], labels: "all" })).toEqual({ labelIds: ["a"] });
    expect(ask({ view: "all", label: ["a", "b"], labels: "all" })).toEqual({ labelIds: ["a", "b"], labelMatch: "all" });
  });
});

describe("the order", () => {
  it("is the view's own until somebody chooses another", () => {
    expect([orderOf({ view: "waiting", sort: null }), orderOf({ view: "overdue", sort: null }), orderOf({ view: "mine", sort: null })]).toEqual([
      "waiting",
      "due",
      "newest",
    ]);
    expect(orderOf({ view: "waiting", sort: "priority" })).toBe("priority");
  });
});

const day = fc.date({ min: new Date("2024-01-01"), max: new Date("2028-01-01"), noInvalidDate: true }).map((moment) => moment.toISOString().slice(0, 10));
const filters: fc.Arbitrary<ListFilters> = fc.record({
  view: fc.constantFrom(...VIEWS),
  q: fc.constantFrom("", "заказ", "41001659-0312"),
  sort: fc.constantFrom(null, ...SORTS),
  status: fc.uniqueArray(fc.constantFrom(...STATUSES)),
  kind: fc.uniqueArray(fc.constantFrom(...KINDS)),
  channel: fc.uniqueArray(fc.constantFrom("ozon", "wildberries", "yandex-market")),
  connection: fc.uniqueArray(fc.uuid(), { maxLength: 2 }),
  assignee: fc.uniqueArray(fc.constantFrom("me", "none"), { maxLength: 2 }),
  team: fc.uniqueArray(fc.constantFrom("mine", "none"), { maxLength: 2 }),
  label: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  labels: fc.constantFrom("any", "all"),
  priority: fc.uniqueArray(fc.integer({ min: 0, max: 4 })),
  due: fc.constantFrom(null, ...DUES),
  rating: fc.uniqueArray(fc.integer({ min: 1, max: 5 })),
  is: fc.uniqueArray(fc.constantFrom(...MARKS)),
  from: fc.oneof(fc.constant(""), day),
  to: fc.oneof(fc.constant(""), day),
});

describe("a saved view", () => {
  it("asks for the same when it is opened as when it was saved", () => {
    fc.assert(
      fc.property(filters, fc.constantFrom("Europe/Moscow", "Europe/Kyiv", "UTC", "America/New_York"), (saved, zone) => {
        const asked = toFilter(saved, "inbox", zone);
        // A view that is late keeps "late" alone: it says more than "due within".
        const expected = asked.overdue === true ? { ...asked, dueWithinMinutes: undefined } : asked;
        const opened = fromSaved(expected, orderOf(saved), zone);
        expect({ ...toFilter(opened, "inbox", zone), sort: orderOf(opened) }).toEqual({ ...expected, sort: orderOf(saved) });
      }),
    );
  });

  it("hides nothing in the view behind it", () => {
    const opened = fromSaved({ statuses: ["open"], assigneeIds: ["me"], overdue: true }, "newest", ZONE);
    expect(opened.view).toBe("all");
    expect(chosenFilters(opened)).toEqual(["assignee", "status", "due"]);
  });
});

describe("chosen filters", () => {
  it("are none in a plain view", () => {
    expect(hasFilters({ ...NO_FILTERS, view: "mine" })).toBe(false);
    expect(hasFilters({ ...NO_FILTERS, q: " " })).toBe(false);
    expect(hasFilters({ ...NO_FILTERS, from: "2026-11-01" })).toBe(true);
  });
});

describe("the day of a moment", () => {
  it("is that of the zone", () => {
    const moment = new Date("2026-11-20T22:30:00Z");
    expect([dayOf(moment, "UTC"), dayOf(moment, ZONE)]).toEqual(["2026-11-20", "2026-11-21"]);
  });
});
