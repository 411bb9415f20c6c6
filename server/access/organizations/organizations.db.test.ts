import { expect, it } from "vitest";
import { actorOf, makeSignedIn, makeWorkspace } from "../testing/make-workspace";
import { archiveOrganization, createOrganization, listOrganizations, restoreOrganization, updateOrganization } from "./manage-organizations";

const fields = { name: "Second", legalName: null, taxId: null, country: "TR", currency: "TRY", timeZone: "Europe/Istanbul" };

async function start() {
  const made = await makeWorkspace();
  return { ...made, actor: actorOf(await makeSignedIn(made.workspaceId, "owner")) };
}

it("makes, renames, archives and restores an organization", async () => {
  const { workspaceId, organizationId, actor } = await start();
  const id = await createOrganization(workspaceId, actor, fields);
  await updateOrganization(workspaceId, actor, id, { ...fields, name: "Renamed" });
  await archiveOrganization(workspaceId, actor, id);
  expect((await listOrganizations(workspaceId, false)).map((row) => row.id)).toEqual([organizationId]);
  expect((await listOrganizations(workspaceId, true)).map((row) => row.name)).toContain("Renamed");
  await restoreOrganization(workspaceId, actor, id);
  expect(await listOrganizations(workspaceId, false)).toHaveLength(2);
});

it("keeps one to work with, also when the last two are archived at the same time", async () => {
  const { workspaceId, organizationId, actor } = await start();
  const second = await createOrganization(workspaceId, actor, fields);
  const outcomes = await Promise.allSettled([organizationId, second].map((id) => archiveOrganization(workspaceId, actor, id)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "organization.last" } });
});

it("answers a taken name with a code, also when two take it at the same time", async () => {
  const { workspaceId, actor } = await start();
  const outcomes = await Promise.allSettled([createOrganization(workspaceId, actor, fields), createOrganization(workspaceId, actor, fields)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "organization.name_taken", params: { name: "Second" } } });
});
