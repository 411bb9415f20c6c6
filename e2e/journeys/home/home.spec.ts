import { SMALL } from "@/server/integrations/connectors/ozon/sandbox";
import { startChat, unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("whoever is answered late, or else waits longest, stands on Home and is one click away", async ({ page, api }) => {
  const waiting = await api.inbox.list.query({ statuses: ["open", "pending"], waiting: true, sort: "waiting", limit: 100 });
  expect(waiting.conversations.map((entry) => entry.externalId)).toContain(SMALL.fboExpired);
  const late = await api.inbox.list.query({ overdue: true, sort: "due", limit: 1 });
  const longest = late.conversations[0] ?? waiting.conversations[0];
  await page.goto("/");
  await expect(page.getByText(/the longest since/)).toBeVisible();
  await page.locator(`a[href="/inbox/${longest?.id}"]`).click();
  await expect(page).toHaveURL(new RegExp(`conversation=${longest?.id}`));
  await expect(
    page
      .getByRole("log")
      .getByText((longest?.lastMessagePreview ?? "").slice(0, 30))
      .first(),
  ).toBeVisible();
});

test("the count of waiting buyers is the inbox's own, and Answer opens the late ones, the latest first", async ({ page, desk, api }) => {
  const text = unique("Ещё один ждёт");
  await startChat(desk, api, text);
  await page.goto("/");
  const { waiting } = await api.inbox.counts.query();
  await expect(page.getByText(new RegExp(`^${waiting} buyers wait`))).toBeVisible();
  await page.getByRole("link", { name: "Answer" }).click();
  // The scenario has replies that are late by the marketplaces' own limits.
  await expect(page.getByRole("heading", { level: 1, name: "Overdue" })).toBeVisible();
  const { conversations } = await api.inbox.list.query({ overdue: true, sort: "due", limit: 5 });
  const due = conversations.map((entry) => entry.deadline?.at?.getTime() ?? 0);
  expect(due).toEqual([...due].sort((one, other) => one - other));
  await expect(page.getByRole("option").first()).toHaveAttribute("data-conversation", conversations[0]?.id ?? "");
});

test("today's revenue leads to today's lines", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: /Revenue today/ }).click();
  await expect(page).toHaveURL(/\/sales\?/);
  await expect(page.getByLabel("From", { exact: true })).toHaveValue(/^\d{4}-\d{2}-\d{2}$/);
  expect(await page.getByLabel("To", { exact: true }).inputValue()).toBe(await page.getByLabel("From", { exact: true }).inputValue());
});

test("an operator's Home has buyers and shops, but no money", async ({ openBrowser }) => {
  const page = await openBrowser("operator");
  await page.goto("/");
  await expect(page.getByText("Waiting for a reply").first()).toBeVisible();
  await expect(page.getByText("Shops")).toBeVisible();
  await expect(page.getByText("Revenue today")).toHaveCount(0);
  await expect(page.getByText("₽")).toHaveCount(0);
});
