import { describe, expect, it } from "vitest";
import { MemoryInbox, sortedIds } from "../../contract/testing/memory-house";
import { contextOf, onStand } from "../../contract/testing/stand";
import { ozonMessaging } from "./capabilities/messaging";
import { ozon } from "./connector";
import { type OzonStand, ozonStand } from "./testing/stand";

const on = (work: (stand: OzonStand) => Promise<void>) =>
  onStand(
    () => ozonStand("small"),
    (stand) => work(stand as OzonStand),
  );
const inboxOf = (stand: OzonStand, stream: "questions" | "reviews") => new MemoryInbox(ozonMessaging, contextOf(stand), stream);
const QUARTER_MS = 16 * 60_000;

describe("reviews", () => {
  it("bring photos through the image host, without the key", () =>
    on(async (stand) => {
      const { id } = await stand.control.ozon.addReview({ text: "Смотрите", rating: 5, photos: 2 });
      const inbox = inboxOf(stand, "reviews");
      await inbox.run();
      const [message] = inbox.thread(`r:${id}`);
      expect(message?.attachments.map((attachment) => attachment.url)).toEqual([
        expect.stringMatching(/^https:\/\/cdn1\.ozone\.ru\/s3\/.*-1\.png$/),
        expect.stringMatching(/-2\.png$/),
      ]);
      const fetched = await ozonMessaging.fetchAttachment?.(contextOf(stand), message?.attachments[0]?.url ?? "");
      expect([fetched?.contentType, (fetched?.content.byteLength ?? 0) > 0]).toEqual(["image/png", true]);
      const seen = (await stand.control.ozon.requests({ last: 1 })).requests[0];
      expect(seen?.path).toContain("/cdn1/s3/");
      expect(Object.keys(seen?.headers ?? {}).filter((name) => /client-id|api-key/i.test(name))).toEqual([]);
    }));

  it("come back open when the buyer writes under our comment", () =>
    on(async (stand) => {
      const { id } = await stand.control.ozon.addReview({ text: "Мал", rating: 3 });
      const inbox = inboxOf(stand, "reviews");
      await inbox.run();
      await ozonMessaging.send(contextOf(stand), { ...inbox.ref(`r:${id}`), text: "Заменим" });
      await stand.control.ozon.moderate({ id, verdict: "passed" });
      await stand.control.ozon.reply({ id, text: "Спасибо!", from: "buyer" });
      await stand.advance(QUARTER_MS);
      await inbox.run();
      expect(inbox.thread(`r:${id}`).map((message) => [message.side, message.text])).toEqual([
        ["buyer", "Мал"],
        ["seller", "Заменим"],
        ["buyer", "Спасибо!"],
      ]);
      expect(inbox.ids()).toEqual(sortedIds((await stand.answering["ozon.review"]?.truth()) ?? new Map()));
    }));

  it("do not guess while a comment is with the moderators; a service that lists it is read at once", () =>
    on(async (stand) => {
      const { id } = await stand.control.ozon.addReview({ text: "Мал", rating: 3 });
      const inbox = inboxOf(stand, "reviews");
      await inbox.run();
      await ozonMessaging.send(contextOf(stand), { ...inbox.ref(`r:${id}`), text: "Заменим" });
      const look = () => ozonMessaging.readConversation(contextOf(stand), { externalId: `r:${id}`, since: new Date(0) });
      await expect(look()).rejects.toMatchObject({ kind: "unavailable", code: "ozon.comment_in_moderation", mayHaveTakenEffect: false });
      expect((await ozonMessaging.readConversation(contextOf(stand), { externalId: `r:${id}` })).messages).toHaveLength(1);
      await stand.control.ozon.setQuirks({ pendingCommentsListed: true });
      expect((await look()).messages.at(-1)).toMatchObject({ side: "seller", text: "Заменим", moderation: "pending" });
    }));
});

describe("being seen", () => {
  it("is told by reading, and never makes an answered entry unanswered", () =>
    on(async (stand) => {
      const [question, review] = [await stand.control.ozon.addQuestion({ text: "?" }), await stand.control.ozon.addReview({ text: "!", rating: 5 })];
      const refs = [
        { conversationExternalId: `q:${question.id}`, channel: "ozon.question", remoteContext: {}, messageExternalId: question.id },
        { conversationExternalId: `r:${review.id}`, channel: "ozon.review", remoteContext: {}, messageExternalId: review.id },
      ];
      const statuses = async () => {
        const entries = [...(await stand.control.ozon.questions({})), ...(await stand.control.ozon.reviews({}))];
        return [question.id, review.id].map((id) => entries.find((entry) => entry.id === id)?.status);
      };
      for (const ref of refs) await ozonMessaging.markRead?.(contextOf(stand), ref);
      expect(await statuses()).toEqual(["VIEWED", "VIEWED"]);
      for (const ref of refs) await ozonMessaging.send(contextOf(stand), { ...ref, text: "Отвечаем" });
      for (const ref of refs) await ozonMessaging.markRead?.(contextOf(stand), ref);
      expect(await statuses()).toEqual(["PROCESSED", "PROCESSED"]);
    }));
});

describe("what the connection test finds out", () => {
  it.each([
    ["PREMIUM_PLUS", false, ["reviews"]],
    ["PREMIUM_PRO", false, []],
    ["PREMIUM", true, ["send", "questions"]],
  ] as const)("%s with review management %s lacks %j", (subscription, reviewManagement, lacking) =>
    on(async (stand) => {
      await stand.control.ozon.setSubscription({ subscription, reviewManagement });
      const { missingPermissions, facts } = await ozon.test(contextOf(stand));
      expect(missingPermissions.map((missing) => missing.capability)).toEqual(lacking);
      expect(facts["unsubscribed"]).toEqual(lacking.filter((capability) => capability !== "send"));
    }),
  );

  it("an outage of one of these methods says nothing about the key", () =>
    on(async (stand) => {
      await stand.control.ozon.fail({ kind: "html-gateway", match: "/v2/review/count", times: 1 });
      expect((await ozon.test(contextOf(stand))).missingPermissions).toEqual([]);
    }));
});
