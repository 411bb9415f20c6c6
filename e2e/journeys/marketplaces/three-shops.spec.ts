import type { Api } from "../../fixtures/api";
import { bubbleOf, composerOf, openThread, startChat, unique } from "../../fixtures/inbox";
import { wildberriesDesk, yandexDesk } from "../../fixtures/marketplaces";
import { expect, test } from "../../fixtures/test";
import { until } from "../../fixtures/until";

/** Marketplaces that push nothing are asked in turn: a message may take a round to arrive. */
const ROUND_MS = 110_000;

async function arrived(api: Api, channel: string, chatId: string): Promise<string> {
  return until(
    `chat ${chatId} of ${channel}`,
    async () => (await api.inbox.list.query({ limit: 100, channels: [channel] })).conversations.find((entry) => entry.externalId === chatId)?.id,
    ROUND_MS,
  );
}

interface Shop {
  readonly name: string;
  /** A buyer writes: the conversation it becomes here, and how often a text of ours has reached that buyer. */
  readonly begin: (api: Api, question: string) => Promise<{ conversationId: string; timesReached: (text: string) => Promise<number> }>;
}

const count = (sent: readonly { readonly text: string }[], text: string) => sent.filter((message) => message.text === text).length;

const shops: readonly Shop[] = [
  {
    name: "Wildberries",
    async begin(api, question) {
      const desk = wildberriesDesk();
      const { chatId } = await desk.addChat({ text: question });
      return { conversationId: await arrived(api, "wildberries.chat", chatId), timesReached: async (text) => count(await desk.sent(), text) };
    },
  },
  {
    name: "Yandex Market",
    async begin(api, question) {
      const desk = yandexDesk();
      const { chatId } = await desk.addChat({ text: question });
      return { conversationId: await arrived(api, "yandex-market.chat", chatId), timesReached: async (text) => count(await desk.sent(), text) };
    },
  },
];

for (const { name, begin } of shops) {
  test(`a buyer of ${name} writes, reads one answer, and never two`, async ({ page, api }) => {
    test.setTimeout(240_000);
    const question = unique("Подойдёт ли на подарок?");
    const { conversationId, timesReached } = await begin(api, question);
    await openThread(page, conversationId);
    await expect(bubbleOf(page, question)).toBeVisible();
    const answer = unique("Да, упакуем красиво");
    await composerOf(page).fill(answer);
    await composerOf(page).press("Control+Enter");
    await expect(bubbleOf(page, answer)).toContainText(/Accepted|Delivered/, { timeout: 60_000 });
    expect(await timesReached(answer)).toBe(1);
  });
}

test("one list holds the chats of three marketplaces, and a filter in the address keeps one", async ({ page, desk, api }) => {
  const text = unique("Из трёх магазинов");
  const { conversationId } = await startChat(desk, api, text);
  await page.goto("/inbox?view=all");
  await expect(page.locator(`[data-conversation="${conversationId}"]`)).toBeVisible();
  const marketplaces = new Set((await api.inbox.list.query({ limit: 100 })).conversations.map((entry) => entry.channel.split(".")[0]));
  expect([...marketplaces]).toEqual(expect.arrayContaining(["ozon", "wildberries", "yandex-market"]));
  await page.goto("/inbox?view=all&channel=wildberries");
  await expect(page.getByRole("option").first()).toBeVisible();
  await expect(page.locator(`[data-conversation="${conversationId}"]`)).toHaveCount(0);
});
