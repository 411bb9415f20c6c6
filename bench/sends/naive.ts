import { randomUUID } from "node:crypto";

export interface NaiveOutcome {
  readonly sent: number;
  readonly duplicates: number;
  readonly lost: number;
}

const TRIES = 3;
const WAIT_MS = 3_000;

/**
 * What most programs do: send, and send again when it did not look well. Through the same spoiled line, without any crash.
 * @param arrived reads how often each text is in the service's own books.
 */
export async function sendNaively(
  url: string,
  headers: Readonly<Record<string, string>>,
  chatIds: readonly string[],
  count: number,
  arrived: () => Promise<ReadonlyMap<string, number>>,
): Promise<NaiveOutcome> {
  const texts = Array.from({ length: count }, () => `naive ${randomUUID()}`);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const at = next;
      next += 1;
      await sendWithRetries(url, headers, chatIds[at % chatIds.length] ?? "", texts[at] ?? "");
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const found = await arrived();
  const times = texts.map((text) => found.get(text) ?? 0);
  return { sent: count, duplicates: times.reduce((sum, n) => sum + Math.max(0, n - 1), 0), lost: times.filter((n) => n === 0).length };
}

async function sendWithRetries(url: string, headers: Readonly<Record<string, string>>, chatId: string, text: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const answer = await fetch(`${url}/v1/chat/send/message`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ chat_id: chatId, text }),
      signal: AbortSignal.timeout(WAIT_MS),
    }).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
}
