import { describe, expect, it } from "vitest";
import { Mailbox } from "./mailbox";

async function take(source: AsyncGenerator<readonly string[]>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const next = await source.next();
    if (next.done === true) break;
    taken.push(...next.value);
  }
  return taken;
}

describe("mailbox", () => {
  it("gives items in order, also those that come while the reader waits", async () => {
    const mailbox = new Mailbox(10, "overflow");
    const source = mailbox.read(new AbortController().signal, 0);
    mailbox.put("a");
    const reading = take(source, 3);
    await Promise.resolve();
    mailbox.put("b");
    mailbox.put("c");
    expect(await reading).toEqual(["a", "b", "c"]);
  });

  it("gives the first at once and what comes while the reader rests together", async () => {
    const mailbox = new Mailbox(10, "overflow");
    const source = mailbox.read(new AbortController().signal, 20);
    mailbox.put("a");
    expect((await source.next()).value).toEqual(["a"]);
    const next = source.next();
    mailbox.put("b");
    await Promise.resolve();
    mailbox.put("c");
    expect((await next).value).toEqual(["b", "c"]);
  });

  it("stays bounded: what waits gives way to one overflow item, and it goes on after it", async () => {
    const mailbox = new Mailbox(3, "overflow");
    for (const item of ["1", "2", "3", "4", "5"]) mailbox.put(item);
    expect(await take(mailbox.read(new AbortController().signal, 0), 2)).toEqual(["overflow", "5"]);
  });

  it("ends without an error when its reader leaves, waiting or not", async () => {
    const leaving = new AbortController();
    const waiting = take(new Mailbox(3, "overflow").read(leaving.signal, 0), 1);
    leaving.abort();
    expect(await waiting).toEqual([]);
    const full = new Mailbox(3, "overflow");
    full.put("a");
    expect(await take(full.read(leaving.signal, 0), 1)).toEqual([]);
    const resting = new AbortController();
    const rested = new Mailbox(3, "overflow");
    rested.put("a");
    const source = rested.read(resting.signal, 3_600_000);
    await source.next();
    const last = source.next();
    resting.abort();
    expect((await last).done).toBe(true);
  });
});
