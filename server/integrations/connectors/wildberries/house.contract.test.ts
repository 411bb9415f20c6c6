import { describe, expect, it } from "vitest";
import { openMessaging, testConnection } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { callLog } from "@/server/platform/http/call-log";
import { inWorkspace } from "@/server/platform/transaction";
import { ACTOR, housesOf } from "@/server/sync/testing/house";
import { SMALL } from "./sandbox";
import { wildberriesStand } from "./testing/stand";

const openShop = housesOf("wildberries", () => wildberriesStand("small"));

describe("Wildberries in the real house", () => {
  it("brings products, chats, questions and reviews, and a second time nothing; the token is nowhere in the call log", async () => {
    const { stand, workspaceId, connectionId, sync } = await openShop();
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    for (const stream of ["products", "chats", "questions", "reviews"] as const) expect(await sync(stream), stream).toMatchObject({ status: "succeeded" });
    const held = await db.message.findMany({ where: { connectionId }, select: { externalId: true } });
    const truths = [stand.messaging, ...Object.values(stand.answering)].map((each) => each.truth());
    const expected = (await Promise.all(truths)).flatMap((truth) => [...truth.values()].flat());
    // A first run looks back 30 days; what was settled before stays out, also when everything is swept again.
    const old = [`q:${SMALL.questions.old}`, `q:${SMALL.questions.old}:answer`, `r:${SMALL.reviews.late}`];
    expect(held.map((row) => row.externalId).sort()).toEqual(expected.filter((id) => !old.includes(id)).sort());
    for (const stream of ["products", "chats", "questions", "reviews"] as const)
      expect(await sync(stream), stream).toMatchObject({ status: "succeeded", applied: 0 });
    const review = await db.conversation.findFirstOrThrow({ where: { connectionId, externalId: `r:${SMALL.reviews.open}` } });
    expect(review).toMatchObject({ channel: "wildberries.review", rating: 2, productName: "Кастрюля 2,8 л с крышкой, гранитное покрытие" });
    await callLog.flush();
    expect(JSON.stringify(await db.callLogEntry.findMany({ where: { connectionId } }))).not.toContain(stand.credentials["token"]?.slice(-40));
  });

  it("fetches a picture of a chat and a photo of a review through the real kit", async () => {
    const { workspaceId, connectionId, sync } = await openShop();
    await sync("chats");
    await sync("reviews");
    const rows = await db.message.findMany({ where: { connectionId }, select: { attachments: true } });
    const urls = rows.flatMap((row) => (row.attachments as { url: string }[]).map((attachment) => attachment.url));
    expect(urls.map((url) => new URL(url).hostname).sort()).toEqual(["buyer-chat-api.wildberries.ru", "feedback04.wbbasket.ru"]);
    const { port, context } = await inWorkspace(workspaceId, (scope) => openMessaging(scope, connectionId));
    for (const url of urls) expect((await port.fetchAttachment?.(context, url))?.contentType).toBe("image/png");
  });

  it.each(["error-after-accept", "drop-after-accept", "html-gateway"] as const)("%s: the buyer gets a message and an answer exactly once", async (kind) => {
    const shop = await openShop();
    await shop.sync("chats");
    await shop.sync("reviews");
    await shop.stand.fail({ kind }, "send");
    expect(await shop.send(SMALL.chats.open, "Да, подойдёт")).toBe("confirmed");
    expect(await shop.stand.messaging.arrived(SMALL.chats.open)).toEqual(["Да, подойдёт"]);
    await shop.stand.fail({ kind }, "review-answer");
    const review = `r:${SMALL.reviews.open}`;
    expect(await shop.send(review, "Заменим крышку")).toBe("confirmed");
    expect(await shop.stand.answering["wildberries.review"]?.arrived(review)).toEqual(["Заменим крышку"]);
    await shop.sync("chats");
    await shop.sync("reviews");
    const seller = await db.message.count({ where: { connectionId: shop.connectionId, text: { in: ["Да, подойдёт", "Заменим крышку"] } } });
    expect(seller).toBe(2);
  });
});
