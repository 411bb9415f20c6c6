import { Pool } from "undici";
import { chatIdOf, messageIdOf } from "./service";

const AT_ONCE = 32;
/** Every tenth push comes twice though it was answered, as services do. */
const REPEATED_EVERY = 10;
const PATIENCE_MS = 5 * 60_000;

export interface Sent {
  /** Events that were answered 2xx at least once: from then on the sender has forgotten them. */
  readonly accepted: number;
  readonly answers2xx: number;
  readonly refusedOrBroken: number;
}

/** Pushes every event until it is answered 2xx, as marketplaces do. */
export async function sendAll(
  origin: string,
  pathOf: (n: number) => string,
  accountOf: (n: number) => string,
  count: number,
  onAccepted: (accepted: number) => void = () => undefined,
): Promise<Sent> {
  const client = new Pool(origin, { connections: AT_ONCE, headersTimeout: 10_000, bodyTimeout: 10_000 });
  let [next, accepted, answers2xx, refusedOrBroken] = [0, 0, 0, 0];
  const once = async (n: number) => {
    try {
      const answer = await client.request({ method: "POST", path: pathOf(n), headers: { "content-type": "application/json" }, body: bodyOf(n, accountOf(n)) });
      await answer.body.text();
      if (answer.statusCode < 300) {
        answers2xx += 1;
        return true;
      }
    } catch {
      // Killed in the middle: the sender knows nothing and sends again.
    }
    refusedOrBroken += 1;
    return false;
  };
  const worker = async () => {
    while (next < count) {
      const n = next;
      next += 1;
      const deadline = performance.now() + PATIENCE_MS;
      while (!(await once(n))) {
        if (performance.now() > deadline) throw new Error(`push ${n} was never accepted`);
        await new Promise((wake) => setTimeout(wake, 200));
      }
      accepted += 1;
      onAccepted(accepted);
      if (n % REPEATED_EVERY === 0) await once(n);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await client.destroy();
  return { accepted, answers2xx, refusedOrBroken };
}

function bodyOf(n: number, account: string): string {
  return JSON.stringify({
    message_type: "TYPE_NEW_MESSAGE",
    chat_id: chatIdOf(n),
    chat_type: "Buyer_Seller",
    message_id: messageIdOf(n),
    created_at: "2026-11-18T20:58:04.528Z",
    user: { id: "115568", type: "Customer" },
    data: ["Is it still there?"],
    seller_id: account,
  });
}
