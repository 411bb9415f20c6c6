import { describe, expect, it } from "vitest";
import type { Role } from "@/server/access/schema";
import { makeInbox } from "@/server/inbox/testing/make-inbox";
import { makeOperator, use } from "@/server/inbox/testing/make-team";
import { db } from "@/server/platform/db";
import { defaultQuery } from "./index";
import { createView, listViews, removeView, setDefaultView, updateView } from "./saved-views";
import { type ViewFields, viewCreateInput } from "./schema";

const ACTOR = { kind: "user", id: "00000000-0000-4000-8000-000000000001" } as const;

async function makeStage() {
  const inbox = await makeInbox();
  const made = async (role: Role) => ({ userId: (await makeOperator(inbox, "all", role)).userId, role });
  return { inbox, workspaceId: inbox.workspaceId, admin: await made("admin"), operator: await made("operator"), made };
}

const late = (given: Partial<ViewFields> = {}): ViewFields => ({
  ...viewCreateInput.parse({ name: "Late", isShared: false, filters: { page: "orders", address: "tab=waiting&urgency=late&days=7" } }),
  ...given,
});

describe("saved views", () => {
  it("are private, or shared by those who may; every filter of the inbox survives being stored", async () => {
    const { inbox, admin, operator } = await makeStage();
    const fields: ViewFields = viewCreateInput.parse({
      name: "Late reviews",
      isShared: false,
      filters: {
        page: "inbox",
        filter: { kinds: ["review"], overdue: true, from: new Date("2026-01-01T00:00:00Z"), assigneeIds: ["me", "none"], teamIds: ["mine"] },
        sort: "due",
      },
    });
    const { id } = await use(inbox, (scope) => createView(scope, operator, ACTOR, fields));
    expect(await use(inbox, (scope) => listViews(scope, operator, "inbox"))).toEqual([{ id, ...fields, isDefault: false }]);
    expect(await use(inbox, (scope) => listViews(scope, admin, "inbox"))).toEqual([]);
    const shared = { ...fields, name: "For all", isShared: true };
    await expect(use(inbox, (scope) => createView(scope, operator, ACTOR, shared))).rejects.toMatchObject({ code: "views.share_forbidden" });
    await expect(use(inbox, (scope) => updateView(scope, operator, ACTOR, id, shared))).rejects.toMatchObject({ code: "views.share_forbidden" });
    await expect(use(inbox, (scope) => updateView(scope, admin, ACTOR, id, shared))).rejects.toMatchObject({ code: "views.not_found" });
    const all = await use(inbox, (scope) => createView(scope, admin, ACTOR, shared));
    expect((await use(inbox, (scope) => listViews(scope, operator, "inbox"))).map(({ name }) => name)).toEqual(["For all", "Late reviews"]);
    await expect(use(inbox, (scope) => removeView(scope, operator, ACTOR, all.id))).rejects.toMatchObject({ code: "views.share_forbidden" });
    await use(inbox, (scope) => removeView(scope, admin, ACTOR, all.id));
    await use(inbox, (scope) => removeView(scope, operator, ACTOR, id));
    expect(await use(inbox, (scope) => listViews(scope, operator, "inbox"))).toEqual([]);
  });

  it("belong to one page and stay there", async () => {
    const { inbox, operator } = await makeStage();
    const { id } = await use(inbox, (scope) => createView(scope, operator, ACTOR, late()));
    const catalog = late({ name: "Rejected", filters: { page: "catalog", address: "show=rejected" } });
    await use(inbox, (scope) => createView(scope, operator, ACTOR, catalog));
    const names = async (page: "inbox" | "orders" | "catalog") => (await use(inbox, (scope) => listViews(scope, operator, page))).map(({ name }) => name);
    expect([await names("inbox"), await names("orders"), await names("catalog")]).toEqual([[], ["Late"], ["Rejected"]]);
    await expect(use(inbox, (scope) => updateView(scope, operator, ACTOR, id, catalog))).rejects.toMatchObject({ code: "views.not_found" });
    expect(await names("orders")).toEqual(["Late"]);
  });

  it("of a page somebody may not see are neither kept by them nor shown to them", async () => {
    const { inbox, admin, operator, made } = await makeStage();
    const sales = late({ name: "Returns", isShared: true, filters: { page: "sales", address: "kind=return" } });
    const { id } = await use(inbox, (scope) => createView(scope, admin, ACTOR, sales));
    const refused = { code: "views.page_forbidden" };
    await expect(use(inbox, (scope) => createView(scope, operator, ACTOR, { ...sales, isShared: false }))).rejects.toMatchObject(refused);
    await expect(use(inbox, (scope) => listViews(scope, operator, "sales"))).rejects.toMatchObject(refused);
    await expect(use(inbox, (scope) => setDefaultView(scope, operator, id, true))).rejects.toMatchObject(refused);
    const warehouse = await made("warehouse");
    await expect(use(inbox, (scope) => listViews(scope, warehouse, "inbox"))).rejects.toMatchObject(refused);
    expect(await use(inbox, (scope) => listViews(scope, warehouse, "orders"))).toEqual([]);
  });

  it("hold nothing but what an address may hold", () => {
    for (const address of ["a=b#c", "a=<x>", "a=b c", "//evil.example", "a=b\r\nset-cookie: x"])
      expect(viewCreateInput.safeParse({ ...late(), filters: { page: "orders", address } }).success, address).toBe(false);
    expect(viewCreateInput.safeParse({ ...late(), filters: { page: "orders", address: "q=%D0%9A%D0%BE%D1%84%D0%B5+2&short=true" } }).success).toBe(true);
  });

  it("that an older version stored and this one cannot read are left out", async () => {
    const { inbox, operator, workspaceId } = await makeStage();
    const row = { workspaceId, page: "orders", name: "Broken", ownerId: operator.userId };
    await db.savedView.create({ data: { id: crypto.randomUUID(), ...row, filters: { tab: "waiting" } } });
    await use(inbox, (scope) => createView(scope, operator, ACTOR, late()));
    expect((await use(inbox, (scope) => listViews(scope, operator, "orders"))).map(({ name }) => name)).toEqual(["Late"]);
  });
});

describe("what a page opens with", () => {
  it("is chosen by each for themselves, of what they see, and ends with the view", async () => {
    const { inbox, admin, operator, workspaceId } = await makeStage();
    const opened = (person: typeof operator, page: "inbox" | "orders" = "orders") => defaultQuery({ workspaceId, ...person }, page);
    expect(await opened(operator)).toBeNull();
    const shared = await use(inbox, (scope) => createView(scope, admin, ACTOR, late({ isShared: true })));
    const own = await use(inbox, (scope) => createView(scope, operator, ACTOR, late({ name: "All mine", filters: { page: "orders", address: "" } })));
    await use(inbox, (scope) => setDefaultView(scope, operator, own.id, true));
    expect(await opened(operator)).toBe(`view=${own.id}`);
    await use(inbox, (scope) => setDefaultView(scope, operator, shared.id, true));
    expect(await opened(operator)).toBe(`tab=waiting&urgency=late&days=7&view=${shared.id}`);
    expect([await opened(admin), await opened(operator, "inbox")]).toEqual([null, null]);
    expect((await use(inbox, (scope) => listViews(scope, operator, "orders"))).map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [shared.id, true],
      [own.id, false],
    ]);
    await expect(use(inbox, (scope) => setDefaultView(scope, admin, own.id, true))).rejects.toMatchObject({ code: "views.not_found" });
    // What its owner takes back for themselves opens nobody else's page.
    await use(inbox, (scope) => updateView(scope, admin, ACTOR, shared.id, late()));
    expect(await opened(operator)).toBeNull();
    await use(inbox, (scope) => updateView(scope, admin, ACTOR, shared.id, late({ isShared: true })));
    await use(inbox, (scope) => setDefaultView(scope, operator, own.id, false));
    expect(await opened(operator)).toBe(`tab=waiting&urgency=late&days=7&view=${shared.id}`);
    await use(inbox, (scope) => removeView(scope, admin, ACTOR, shared.id));
    expect(await opened(operator)).toBeNull();
  });

  it("is in the inbox the view's id alone", async () => {
    const { inbox, operator, workspaceId } = await makeStage();
    const fields = viewCreateInput.parse({ name: "Urgent", isShared: false, filters: { page: "inbox", filter: { priorities: [4] } } });
    const { id } = await use(inbox, (scope) => createView(scope, operator, ACTOR, fields));
    await use(inbox, (scope) => setDefaultView(scope, operator, id, true));
    expect(await defaultQuery({ workspaceId, ...operator }, "inbox")).toBe(`saved=${id}`);
  });
});
