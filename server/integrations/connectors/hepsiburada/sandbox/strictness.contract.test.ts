import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());

const OMS = "oms-external";

describe("what the lists refuse", () => {
  it.each([
    [OMS, "/orders/merchantid/{m}?offset=0"],
    [OMS, "/orders/merchantid/{m}?limit=10"],
    [OMS, "/orders/merchantid/{m}?offset=0&limit=101"],
    [OMS, "/orders/merchantid/{m}?offset=0&limit=10&begindate=2026-11-01&enddate=2026-11-02"],
    [OMS, "/orders/merchantid/{m}/cancelled?offset=0&limit=51"],
    [OMS, "/packages/merchantid/{m}?limit=11"],
    [OMS, "/packages/merchantid/{m}/delivered?limit=50"],
    [OMS, "/claims/merchantId/{m}?offset=0"],
    [OMS, "/claims/merchantId/{m}/status/Done?offset=0&limit=10"],
    ["listing-external", "/listings/merchantid/{m}?offset=0"],
    ["mpop", "/product/api/products/all-products-of-merchant/{m}?size=10"],
    ["mpfinance-external", "/transactions/merchantid/{m}?Offset=0&Limit=10"],
    ["mpfinance-external", "/transactions/merchantid/{m}?offset=0&limit=10&OrderNumber=1"],
    ["mpfinance-external", "/transactions/merchantid/{m}?Offset=0&Limit=10&OrderDateStart=2026-01-01&OrderDateEnd=2026-03-01"],
    ["api-asktoseller-merchant", "/api/v1.0/issues?status=5"],
    ["api-asktoseller-merchant", "/api/v1.0/issues?page=0"],
  ])("%s %s", async (host, path) => {
    expect((await stage.call(host, path)).status).toBe(400);
  });

  it("a window of open lines is cut to its first day without a word", async () => {
    const turkish = (ms: number) => encodeURIComponent(new Date(ms + 3 * 3_600_000).toISOString().slice(0, 16).replace("T", " "));
    const now = Date.now();
    const count = async (fromMs: number) => {
      const { json } = await stage.call(OMS, `/orders/merchantid/{m}?offset=0&limit=100&begindate=${turkish(fromMs)}&enddate=${turkish(now)}`);
      return (json as { totalCount: number }).totalCount;
    };
    expect(await count(now - 12 * 3_600_000)).toBe(3);
    expect(await count(now - 5 * 86_400_000)).toBe(0);
  });
});

describe("what the writes refuse", () => {
  const place = async () => {
    const { number, lines } = await stage.control.placeOrder({ lines: [{ merchantSku: "BARDAK-6LI", quantity: 2 }] });
    return { number, line: lines[0]?.id ?? "" };
  };
  const pack = (body: unknown) => stage.call(OMS, "/packages/merchantid/{m}", { body });

  it("packages of lines there are not, of other quantities, of fields it does not know", async () => {
    const { line } = await place();
    expect((await pack({ lineItemRequests: [{ id: "none", quantity: 1 }] })).status).toBe(404);
    expect((await pack({ lineItemRequests: [{ id: line, quantity: 1 }] })).status).toBe(400);
    expect((await pack({ lineItemRequests: [{ id: line, quantity: 2 }], lines: [] })).status).toBe(400);
    expect((await pack({ lineItemRequests: [] })).status).toBe(400);
    expect((await pack({ lineItemRequests: [{ id: line, quantity: 2 }] })).status).toBe(201);
    expect((await pack({ lineItemRequests: [{ id: line, quantity: 2 }] })).status).toBe(400);
  });

  it("every step a package is not ready for, and all but unpacking without a carrier of the seller's own", async () => {
    const { number } = await place();
    const [parcel] = (await stage.control.packOrder({ number })).packages;
    const step = async (name: string, body: unknown) => (await stage.call(OMS, `/packages/merchantid/{m}/packagenumber/${parcel}/${name}`, { body })).status;
    const ship = { trackingNumber: "T1", shippedDate: "2026-11-21T12:00:00Z" };
    expect(await step("intransit", ship)).toBe(400);
    await stage.control.setOwnCarrier({ own: true });
    expect(await step("deliver", { receivedDate: "2026-11-21T12:00:00Z", receivedBy: "A" })).toBe(400);
    expect(await step("intransit", { trackingNumber: "T1" })).toBe(400);
    expect(await step("intransit", ship)).toBe(200);
    expect(await step("unpack", {})).toBe(400);
    expect(await step("deliver", { receivedDate: "2026-11-21T12:00:00Z", receivedBy: "A" })).toBe(200);
    expect(await step("undeliver", { undeliveredDate: "2026-11-21T12:00:00Z", undeliveredReason: "x" })).toBe(400);
  });

  it("cancelling without a number for the reason, what is packed, and the hundred-and-first of a day", async () => {
    const cancel = async (line: string, body: unknown) => (await stage.call(OMS, `/lineitems/merchantid/{m}/id/${line}/cancelbymerchant`, { body })).status;
    const { number, line } = await place();
    expect(await cancel(line, { reasonId: "83" })).toBe(400);
    expect(await cancel(line, {})).toBe(400);
    await stage.control.packOrder({ number });
    expect(await cancel(line, { reasonId: 83 })).toBe(400);
    const statuses: number[] = [];
    for (let count = 0; count < 101; count += 1) statuses.push(await cancel((await place()).line, { reasonId: 83 }));
    expect(statuses.slice(0, 100).every((status) => status === 200)).toBe(true);
    expect(statuses[100]).toBe(400);
  });

  it("uploads that are no array, are too long, or are a sixth", async () => {
    const upload = async (body: unknown) => (await stage.call("listing-external", "/listings/merchantid/{m}/stock-uploads", { body })).status;
    expect(await upload({ items: [] })).toBe(400);
    expect(await upload([])).toBe(400);
    expect(await upload(Array.from({ length: 4_001 }, () => ({ merchantSku: "BARDAK-6LI", availableStock: 1 })))).toBe(400);
    for (let count = 0; count < 5; count += 1) expect(await upload([{ merchantSku: "BARDAK-6LI", availableStock: count }])).toBe(200);
    expect(await upload([{ merchantSku: "BARDAK-6LI", availableStock: 9 }])).toBe(400);
    await stage.advance(3_000);
    expect(await upload([{ merchantSku: "BARDAK-6LI", availableStock: 9 }])).toBe(200);
  });

  it("every line of an upload on its own: keys, values, doubles", async () => {
    await stage.advance(3_000);
    const rows = [
      { availableStock: 1 },
      { merchantSku: "YOK", availableStock: 1 },
      { merchantSku: "BARDAK-6LI", hepsiburadaSku: (await stage.control.listings({}))[0]?.hbSku, availableStock: 1 },
      { merchantSku: "CAYDANLIK-CLK", availableStock: -1 },
      { merchantSku: "kesme-bambu-3", availableStock: 8 },
      { merchantSku: "KESME-BAMBU-3", availableStock: 9 },
    ];
    const { json } = await stage.call("listing-external", "/listings/merchantid/{m}/stock-uploads", { body: rows });
    const path = `/listings/merchantid/{m}/stock-uploads/id/${(json as { id: string }).id}`;
    expect((await stage.call("listing-external", path)).json).toMatchObject({ status: "Processing", errors: [] });
    await stage.advance(3_000);
    const { errors } = (await stage.call("listing-external", path)).json as { errors: { elementNo: number; errors: string[] }[] };
    expect(errors.map(({ elementNo, errors: words }) => [elementNo, ...words])).toEqual([
      [1, "MissingHeaders"],
      [2, "ProductNotFound"],
      [3, "MismatchingSkusSpecified"],
      [4, "InvalidAvailableStock"],
      [6, "DuplicateHepsiburadaSkuSpecified"],
    ]);
    expect((await stage.control.listings({})).find((one) => one.merchantSku === "KESME-BAMBU-3")?.stock).toBe(8);
  });

  it("prices as text with a comma, which belong to another form", async () => {
    await stage.advance(3_000);
    const { json } = await stage.call("listing-external", "/listings/merchantid/{m}/price-uploads", { body: [{ merchantSku: "BARDAK-6LI", price: "118,97" }] });
    await stage.advance(3_000);
    const state = await stage.call("listing-external", `/listings/merchantid/{m}/price-uploads/id/${(json as { id: string }).id}`);
    expect(state.json).toMatchObject({ errors: [{ errors: ["InvalidPrice"] }] });
  });

  it("answers that are no form, empty, too long, with a forbidden file, or too late", async () => {
    const { number } = await stage.control.ask({ text: "Kaç litre?" });
    const path = `/api/v1.0/issues/${number}/answer`;
    const send = async (text: string, file?: string) => {
      const form = new FormData();
      form.append("Answer", text);
      if (file !== undefined) form.append("Files", new Blob(["x"]), file);
      return (await stage.call("api-asktoseller-merchant", path, { form })).status;
    };
    expect((await stage.call("api-asktoseller-merchant", path, { body: { Answer: "Üç" } })).status).toBe(415);
    expect(await send("  ")).toBe(400);
    expect(await send("a".repeat(2_001))).toBe(400);
    expect(await send("Üç", "virus.exe")).toBe(400);
    expect(await send("Üç", "resim.png")).toBe(201);
    await stage.advance(5 * 86_400_000);
    expect(await send("Üç buçuk")).toBe(400);
  });
});
