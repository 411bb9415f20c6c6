import { unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("an invited operator joins by the link, answers buyers, sees no money, and gains what a new role gives", async ({ page, openBrowser, problems }) => {
  const name = unique("Olga");
  const email = `${name.replace(" ", "-").toLowerCase()}@example.test`;
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("dialog").getByLabel("E-mail").fill(email);
  await page.getByRole("dialog").getByRole("button", { name: "Create link" }).click();
  const link = await page.getByRole("dialog").getByLabel("Link", { exact: true }).inputValue();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText(email)).toBeVisible();

  const guest = await openBrowser("nobody");
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "Join Demo shop" })).toBeVisible();
  await expect(guest.getByText(email)).toBeVisible();
  await guest.getByLabel("Your name").fill(name);
  await guest.getByRole("textbox", { name: "New password" }).fill("a long enough secret");
  await guest.getByRole("button", { name: "Join the workspace" }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toContainText(name);
  const menu = guest.getByRole("navigation", { name: "Main" });
  await expect(menu.getByRole("link", { name: /Inbox/ })).toBeVisible();
  await expect(menu.getByRole("link", { name: "Sales" })).toHaveCount(0);
  await menu.getByRole("link", { name: /Inbox/ }).click();
  await expect(guest.getByRole("option").first()).toBeVisible();

  // By the address as well: home, or the page without a single figure.
  problems.allow(/status of 403/);
  await guest.goto("/sales");
  await expect(
    guest
      .getByText("Your role does not allow this")
      .or(guest.getByRole("heading", { name: /Hello/ }))
      .first(),
  ).toBeVisible();
  await expect(guest.getByText("₽")).toHaveCount(0);

  // The link works once.
  const second = await openBrowser("nobody");
  problems.allow(/status of 409/);
  await second.goto(link);
  await expect(second.getByText("This invitation cannot be used")).toBeVisible();

  await page.reload();
  await page.getByRole("combobox", { name: `Role of ${name}` }).click();
  await page.getByRole("option", { name: /Accountant/ }).click();
  await expect(page.getByText(`The role of ${name} is changed`)).toBeVisible();
  await guest.goto("/");
  await menu.getByRole("link", { name: "Sales" }).click();
  await expect(guest.getByRole("heading", { level: 1, name: "Sales" })).toBeVisible();
  await expect(guest.getByText("₽").first()).toBeVisible();
  await expect(menu.getByRole("link", { name: /Inbox/ })).toHaveCount(0);
});
