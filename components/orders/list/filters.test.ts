import { describe, expect, it } from "vitest";
import { exportAddress, isNarrowed, type OrderFilterState, orderQuery } from "./filters";

const plain: OrderFilterState = {
  tab: "all",
  urgency: null,
  connection: null,
  organization: null,
  fulfilment: [],
  days: "all",
  from: "",
  to: "",
  short: false,
  q: "",
};
const today = new Date("2026-11-21T00:00:00Z");

describe("the filters of orders", () => {
  it("ask for everything when nothing is chosen", () => {
    expect(orderQuery(plain, today)).toEqual({});
    expect(isNarrowed(plain)).toBe(false);
  });

  it("ask for a state, or for what has to be handed over", () => {
    expect(orderQuery({ ...plain, tab: "packed" }, today)).toEqual({ states: ["packed"] });
    expect(orderQuery({ ...plain, tab: "waiting" }, today)).toEqual({ shipBy: "waiting" });
    expect(orderQuery({ ...plain, tab: "waiting", urgency: "late" }, today)).toEqual({ shipBy: "late" });
    expect(orderQuery({ ...plain, tab: "new", urgency: "late" }, today)).toEqual({ states: ["new"] });
  });

  it("count days with today, and include the last of chosen ones", () => {
    expect(orderQuery({ ...plain, days: "7" }, today)).toEqual({ from: new Date("2026-11-15T00:00:00Z") });
    const chosen = orderQuery({ ...plain, days: "custom", from: "2026-11-01", to: "2026-11-02" }, today);
    expect(chosen).toEqual({ from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-11-03T00:00:00Z") });
    expect(orderQuery({ ...plain, days: "custom", from: "soon" }, today)).toEqual({});
  });

  it("export what is on the screen", () => {
    const query = orderQuery({ ...plain, tab: "new", fulfilment: ["fbs", "dbs"], q: " mug " }, today);
    expect(exportAddress(query, "csv", "semicolon")).toBe("/api/orders/export?format=csv&separator=semicolon&states=new&fulfilments=fbs%2Cdbs&search=mug");
  });
});
