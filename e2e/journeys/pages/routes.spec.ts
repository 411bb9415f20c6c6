import { SMALL } from "@/server/integrations/connectors/ozon/sandbox";
import { conversationOf } from "../../fixtures/inbox";
import { expectSound } from "../../fixtures/page-checks";
import { test } from "../../fixtures/test";

/** Every page of the workspace; `:connection` and `:conversation` stand for the scenario's own. */
const ROUTES = [
  "/",
  "/inbox",
  "/inbox?view=all&conversation=:conversation",
  "/automations/templates",
  "/automations/macros",
  "/automations/follow-ups",
  "/automations/follow-ups?tab=log",
  "/automations/follow-ups?tab=effect",
  "/automations/deadlines",
  "/automations/hours",
  "/sales",
  "/sales/import",
  "/orders",
  "/catalog",
  "/catalog?show=all",
  "/catalog?show=unmatched",
  "/integrations",
  "/integrations/new",
  "/integrations/errors",
  "/integrations/errors?system=rozetka",
  "/integrations/:connection",
  "/integrations/:connection?tab=metrics",
  "/integrations/:connection?tab=calls",
  "/integrations/:connection?tab=webhooks",
  "/integrations/:connection?tab=rejected",
  "/integrations/:connection?tab=settings",
  "/settings/profile",
  "/settings/security",
  "/settings/notifications",
  "/settings/transports",
  "/settings/transports?edit=smtp",
  "/settings/workspace",
  "/settings/organizations",
  "/settings/members",
  "/settings/teams",
  "/settings/labels",
  "/settings/api",
  "/settings/audit",
  "/settings/jobs",
] as const;

const OPEN_ROUTES = ["/sign-in", "/invite/not-a-real-token", "/nowhere"] as const;

for (const route of ROUTES) {
  test(`${route} is sound in both themes, wide and on a phone`, async ({ page, api, seed }) => {
    const conversation = route.includes(":conversation") ? await conversationOf(api, SMALL.long) : "";
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(route.replace(":connection", seed.connectionId).replace(":conversation", conversation));
    await expectSound(page);
  });
}

for (const route of OPEN_ROUTES) {
  test(`${route} is sound for somebody not signed in`, async ({ openBrowser, problems }) => {
    // What is not there is answered as such, and the browser notes it.
    problems.allow(/status of 40[04]/);
    const page = await openBrowser("nobody");
    await page.goto(route);
    await expectSound(page);
  });
}
