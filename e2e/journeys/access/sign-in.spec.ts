import { expect, test } from "../../fixtures/test";

const WRONG = "E-mail and password do not belong together";

test("a wrong password is refused in the reader's words, the right one leads to where one wanted to go", async ({ openBrowser, cast, problems }) => {
  problems.allow(/status of 401/);
  const { email, password } = cast.shop.read_only;
  const page = await openBrowser("nobody");
  await page.goto("/settings/security");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/sign-in?back=/settings/security");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill("not the password at all");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: WRONG })).toBeVisible();

  await page.getByRole("button", { name: "Русский" }).click();
  await expect(page.getByRole("heading", { name: "Вход" })).toBeVisible();
  await expect(page.getByText(WRONG)).toHaveCount(0);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/security$/);
  await expect(page.getByRole("heading", { name: "Security" })).toBeVisible();
});

test("signing out ends the session on the server too", async ({ openBrowser, cast, appUrl }) => {
  const page = await openBrowser("nobody");
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(cast.shop.warehouse.email);
  await page.getByRole("textbox", { name: "Password" }).fill(cast.shop.warehouse.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
  const kept = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const home = () => fetch(`${appUrl}/`, { headers: { cookie: kept }, redirect: "manual" });
  expect((await home()).status).toBe(200);

  await page.getByRole("button", { name: /profile and preferences/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  // Somebody who kept a copy of the cookie is out as well.
  expect((await home()).status).toBe(307);
});

test("a session ended in one browser is over in the other from its next request on", async ({ openBrowser, cast, problems }) => {
  problems.allow(/status of 401/);
  const signIn = async () => {
    const page = await openBrowser("nobody");
    await page.goto("/sign-in?back=/settings/security");
    await page.getByLabel("E-mail").fill(cast.shop.accountant.email);
    await page.getByRole("textbox", { name: "Password" }).fill(cast.shop.accountant.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("This browser")).toBeVisible();
    return page;
  };
  const lost = await signIn();
  const here = await signIn();
  const entries = here.getByRole("listitem").filter({ has: here.getByText(/^Active/) });
  const before = await entries.count();
  expect(before).toBeGreaterThanOrEqual(2);
  // Newest first, so the one below ours is the browser opened just before.
  await here.getByRole("button", { name: "End", exact: true }).first().click();
  await here.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();
  await expect(here.getByText("Session ended")).toBeVisible();
  await expect(entries).toHaveCount(before - 1);
  await here.reload();
  await expect(here.getByText("This browser")).toBeVisible();

  await lost.goto("/settings/profile");
  await expect(lost).toHaveURL(/\/sign-in/);
});
