import { DEFAULT_BOT_TOKEN } from "@/sandbox/telegram";
import { createApi } from "../../fixtures/api";
import { telegramDesk } from "../../fixtures/notices";
import { expect, test } from "../../fixtures/test";

test("choices of a person count at once and stay", async ({ openBrowser, cast, appUrl }) => {
  await createApi(appUrl, cast.shop.operator.cookie).notifications.settings.save.mutate({});
  const page = await openBrowser("operator");
  await page.goto("/settings/notifications");
  const assigned = page.getByRole("checkbox", { name: "Assigned to me: Browser" });
  const sound = page.getByRole("checkbox", { name: "Assigned to me: Sound" });
  await expect(assigned).toBeChecked();
  await assigned.click();
  // No pop-up, no sound; two choices in a row both stay.
  await expect(sound).toBeDisabled();
  await page.getByRole("checkbox", { name: "New message: E-mail" }).click();
  await page.getByRole("switch", { name: "Quiet hours" }).click();
  await page.getByLabel("From", { exact: true }).fill("21:30");
  await page.getByLabel("To", { exact: true }).fill("09:15");
  await page.getByLabel("To", { exact: true }).blur();
  await page.getByRole("combobox", { name: "E-mail digest" }).click();
  await page.getByRole("option", { name: "Once an hour" }).click();
  await expect(page.getByRole("combobox", { name: "E-mail digest" })).toContainText("Once an hour");

  await expect(async () => {
    await page.reload();
    await expect(page.getByLabel("From", { exact: true })).toHaveValue("21:30");
    await expect(page.getByLabel("To", { exact: true })).toHaveValue("09:15");
    await expect(assigned).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: "New message: E-mail" })).toBeChecked();
    await expect(page.getByRole("combobox", { name: "E-mail digest" })).toContainText("Once an hour");
  }).toPass();

  // An operator has no say in how notices leave the house.
  await expect(page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Notification channels" })).toHaveCount(0);
  await page.goto("/settings/transports");
  await expect(page).toHaveURL(/\/$/);
});

test("a bot is added, a person connects, a test arrives, and the token is never shown again", async ({ page, api }) => {
  const telegram = telegramDesk();
  const person = await telegram.addPerson({ id: Math.floor(Math.random() * 1e9) + 1, firstName: "Olga", username: "olga_shop" });
  try {
    await page.goto("/settings/transports");
    await page.getByRole("button", { name: "Add a bot" }).click();
    await page.getByLabel("Bot token").fill("not a token");
    await page.getByRole("button", { name: "Connect the bot" }).click();
    await expect(page.getByText("Copy it whole")).toBeVisible();
    await page.getByLabel("Bot token").fill(DEFAULT_BOT_TOKEN);
    await page.getByRole("button", { name: "Connect the bot" }).click();
    await expect(page.getByText(`…${DEFAULT_BOT_TOKEN.slice(-4)}`)).toBeVisible();
    expect(await page.content()).not.toContain(DEFAULT_BOT_TOKEN.slice(12, -4));
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText("The bot answers.")).toBeVisible();

    await page.goto("/settings/notifications");
    await page.getByRole("button", { name: "Connect Telegram" }).click();
    const link = page.getByRole("link", { name: "Open Telegram" });
    await expect(link).toBeVisible();
    await telegram.openLink({ personId: person.id, url: (await link.getAttribute("href")) ?? "" });
    await expect(page.getByText("Connected as @olga_shop")).toBeVisible();
    await page.getByRole("listitem").filter({ hasText: "Connected as @olga_shop" }).getByRole("button", { name: "Send test" }).click();
    await expect(page.getByText("Sent to @olga_shop.")).toBeVisible();
    const received = await telegram.received({ personId: person.id });
    expect(received.at(-1)?.text).toContain("It works");
    await expect(page.getByRole("region", { name: "Delivery log" }).getByRole("row").filter({ hasText: "Test" }).first()).toContainText("Sent");

    await telegram.block({ personId: person.id });
    await page.getByRole("listitem").filter({ hasText: "Telegram" }).getByRole("button", { name: "Send test" }).click();
    await expect(page.getByText(/has blocked the bot/).first()).toBeVisible();
    await page.getByRole("button", { name: "Disconnect" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
    await expect(page.getByRole("button", { name: "Connect Telegram" })).toBeVisible();
  } finally {
    const { telegram: stored } = await api.notifications.transports.list.query();
    if (stored !== null) await api.notifications.transports.remove.mutate({ kind: "telegram" });
  }
});

test("a mail server that cannot be reached is not saved, and it says why", async ({ page, api, problems }) => {
  problems.allow(/status of (?:400|502)/);
  await page.goto("/settings/transports");
  await page.getByRole("button", { name: "Add a mail server" }).click();
  await page.getByLabel("Server", { exact: true }).fill("127.0.0.1");
  await page.getByRole("combobox", { name: "Protection" }).click();
  await page.getByRole("option", { name: /^TLS/ }).click();
  await expect(page.getByLabel("Port")).toHaveValue("465");
  await page.getByLabel("Sender's address").fill("shop@example.test");
  await page.getByRole("button", { name: "Check and save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "OUTBOUND_ALLOWED_ORIGINS" })).toBeVisible();
  expect((await api.notifications.transports.list.query()).smtp).toBeNull();
});

test("a test shows in the open page", async ({ page }) => {
  // The line for notices is laid after the first paint: what is sent before it stands shows in the bell only.
  const line = page.waitForResponse((response) => response.url().includes("notifications.live"));
  await page.goto("/settings/notifications");
  await line;
  await page.getByRole("listitem").filter({ hasText: "This browser" }).getByRole("button", { name: "Send test" }).click();
  await expect(page.getByText("This is how notices look in this browser.")).toBeVisible();
  await expect(page.getByText("Sent to your open pages.")).toBeVisible();
  // As a screen reader meets it: by its name, in its place.
  const notice = page.getByRole("dialog", { name: "It works" });
  await notice.getByRole("button", { name: "Close" }).click();
  await expect(notice).toBeHidden();
});
