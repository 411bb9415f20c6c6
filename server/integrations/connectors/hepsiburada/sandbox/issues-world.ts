import { nameOf } from "./goods";
import type { HbState, Issue, Merchant, Via } from "./state";
import { businessDayAfter } from "./turkish";

/** A buyer asks about a product, or about a product of an order. */
export function ask(
  state: HbState,
  merchant: Merchant,
  given: { text: string; hbSku?: string | undefined; orderNumber?: string | undefined; atMs?: number | undefined; via?: Via },
): Issue {
  const { random, host } = state;
  const atMs = given.atMs ?? host.clock.nowMs();
  const listing = merchant.listings.find((one) => one.hbSku === given.hbSku) ?? random.pick(merchant.listings);
  const issue: Issue = {
    number: merchant.nextNumber,
    status: "WaitingForAnswer",
    talk: [],
    hbSku: listing.hbSku,
    productName: nameOf(listing.hbSku, merchant.cards),
    customerId: random.uuid(),
    orderNumber: given.orderNumber ?? null,
    createdAtMs: atMs,
    modifiedAtMs: atMs,
    expiresAtMs: businessDayAfter(atMs),
    rejectReason: null,
  };
  merchant.nextNumber += random.int(1, 40);
  merchant.issues.push(issue);
  say(state, issue, { text: given.text, from: "Customer", atMs, via: given.via ?? "scenario" });
  return issue;
}

/** Somebody writes; a buyer's word makes it wait for another business day. */
export function say(state: HbState, issue: Issue, given: { text: string; from: "Customer" | "Merchant"; atMs?: number | undefined; via: Via }): string {
  const atMs = given.atMs ?? state.host.clock.nowMs();
  const id = state.random.uuid();
  issue.talk.push({ id, content: given.text, from: given.from, createdAtMs: atMs, via: given.via });
  issue.modifiedAtMs = Math.max(issue.modifiedAtMs, atMs);
  issue.status = given.from === "Customer" ? "WaitingForAnswer" : "Answered";
  if (given.from === "Customer") issue.expiresAtMs = businessDayAfter(atMs);
  return id;
}

/** Closes what has run out of its day. */
export function expire(merchant: Merchant, nowMs: number): void {
  for (const issue of merchant.issues) {
    if (issue.status !== "WaitingForAnswer" || issue.expiresAtMs > nowMs) continue;
    issue.status = "AutoClosed";
    issue.modifiedAtMs = Math.max(issue.modifiedAtMs, issue.expiresAtMs);
  }
}
