import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { closeLive, type LiveEvent, publish, subscribe } from "@/server/platform/live";
import { inSystem, inWorkspace } from "@/server/platform/transaction";
import { makeShelf, makeSold, shopAt } from "../testing/make-shelf";
import { watchCatalog } from "./watch-catalog";

afterAll(closeLive);

/** What a workspace's browsers are told; `mark` returns the topics told since the last mark. */
function listenTo(workspaceId: string) {
  const leaving = new AbortController();
  const seen: LiveEvent[] = [];
  const reading = (async () => {
    for await (const events of subscribe(workspaceId, leaving.signal)) seen.push(...events);
  })();
  const mark = async (): Promise<string[]> => {
    const id = randomUUID();
    const at = () => seen.findIndex((event) => event.id === id);
    await expect
      .poll(
        async () => {
          if (at() === -1) await inSystem((tx) => publish(tx, { workspaceId, topic: "mark", id }));
          return at() !== -1;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    return seen
      .splice(0, at() + 1)
      .map(({ topic }) => topic)
      .filter((topic) => topic !== "mark");
  };
  const stop = () => {
    leaving.abort();
    return reading;
  };
  return { mark, stop };
}

const variant = (workspaceId: string) => ({ id: randomUUID(), workspaceId, sku: "K-1", article: randomUUID(), name: "Kettle" });

describe("the catalog's live updates", () => {
  it("are told once a transaction, after its commit, to its own workspace alone", async () => {
    const [own, other] = [await makeShelf(), await makeShelf()];
    const listener = listenTo(own.workspaceId);
    await listener.mark();
    await db.variant.create({ data: variant(other.workspaceId) });
    await expect(
      inWorkspace(own.workspaceId, async (scope) => {
        await scope.db.variant.create({ data: variant(own.workspaceId) });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect(await listener.mark()).toEqual([]);
    await inWorkspace(own.workspaceId, async (scope) => {
      const { id } = await scope.db.variant.create({ data: variant(own.workspaceId) });
      await scope.db.variant.updateMany({ where: { id }, data: { onHand: 3 } });
      await scope.db.product.create({
        data: { id: randomUUID(), workspaceId: own.workspaceId, connectionId: shopAt(own, 0).connectionId, externalId: id, name: "Kettle" },
      });
    });
    expect(await listener.mark()).toEqual(["catalog"]);
    await inWorkspace(own.workspaceId, (scope) => scope.db.variant.updateMany({ where: { sku: "nobody" }, data: { name: "x" } }));
    expect(await listener.mark()).toEqual([]);
    await makeSold(own, "K-2", 5);
    expect(await listener.mark()).toContain("catalog");
    await listener.stop();
  });

  it("reach a reader as beats", async () => {
    const { workspaceId } = await makeShelf();
    const leaving = new AbortController();
    const beats = watchCatalog(workspaceId, leaving.signal);
    const first = beats.next();
    let heard = false;
    void first.then(() => {
      heard = true;
    });
    await expect
      .poll(
        async () => {
          if (!heard) await db.variant.create({ data: variant(workspaceId) });
          return heard;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    expect(await first).toEqual({ done: false, value: { changed: true } });
    leaving.abort();
    await beats.return(undefined);
  });
});
