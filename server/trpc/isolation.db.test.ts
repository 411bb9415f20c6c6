import superjson from "superjson";
import { beforeAll, describe, expect, it } from "vitest";
import type { MemberSession } from "@/server/access/index";
import { isPermitted } from "@/server/access/permissions";
import { roleSchema } from "@/server/access/schema";
import { makeSignedIn } from "@/server/access/testing/make-workspace";
import { call } from "./testing/call";
import { EXTRA_INPUT, idFor, namesForeignRow } from "./testing/foreign-ids";
import { listProcedures, type ProcedureInfo } from "./testing/procedures";
import { idFieldsOf, sampleInput } from "./testing/sample-input";
import { makeWorld, snapshot, type World } from "./testing/world";

/** A stranger's doors: the first start, and an invitation's link. */
const PUBLIC = ["access.invitations.accept", "access.invitations.inspect", "access.setup.create", "access.setup.status"];
/** Mutations of a reader's own marks. */
const READERS_MARKS = ["inbox.markRead"];

const procedures = listProcedures();
/** Queries first: what a mutation does to the role's world cannot spoil their answers. */
const guarded = ["query", "subscription", "mutation"].flatMap((wanted) =>
  procedures.filter(({ permission, type }) => permission !== "public" && type === wanted),
);

// Use cases that emit events write into the queue's tables.
/** A valid input made of a world's own rows; `foreign` fields come from another one. */
function inputFor(procedure: ProcedureInfo, own: World, foreign?: { readonly world: World; readonly field: string }): unknown {
  const ids = (field: string) => idFor(foreign?.field === field ? foreign.world : own, procedure.path, field) ?? undefined;
  const sample = sampleInput(procedure.input, { ids, focus: foreign?.field });
  const extra = EXTRA_INPUT[procedure.path];
  return extra === undefined ? sample : { ...(sample as object), ...extra };
}

const probes = procedures.flatMap((procedure) =>
  idFieldsOf(procedure.input)
    .filter(namesForeignRow)
    .map((field) => ({ procedure, field, name: `${procedure.path}(${field})` })),
);

describe("every procedure", () => {
  it("declares what it demands", () => {
    expect(procedures.filter(({ permission }) => permission === undefined).map(({ path }) => path)).toEqual([]);
  });

  it("is open to strangers only where that is meant", () => {
    expect(
      procedures
        .filter(({ permission }) => permission === "public")
        .map(({ path }) => path)
        .sort(),
    ).toEqual(PUBLIC);
  });

  it("changes nothing with a right to read", () => {
    const suspicious = procedures.filter(
      ({ type, permission = "", path }) => type === "mutation" && permission.endsWith(".read") && !READERS_MARKS.includes(path),
    );
    expect(suspicious.map(({ path }) => path)).toEqual([]);
  });

  it("cuts its answer to an output schema", () => {
    expect(procedures.filter(({ hasOutput }) => !hasOutput).map(({ path }) => path)).toEqual([]);
  });

  it("names its ids so that the registry of foreign rows knows them (testing/foreign-ids.ts)", async () => {
    const world = await makeWorld();
    const unknown = procedures.flatMap(({ path, input }) =>
      idFieldsOf(input)
        .filter((field) => idFor(world, path, field) === null)
        .map((field) => `${path}:${field}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe("nobody signed in", () => {
  it.each(guarded.map((procedure) => [procedure.path, procedure] as const))("%s is refused", async (_path, procedure) => {
    expect(await call(procedure, {}, null)).toMatchObject({ ok: false, appCode: "access.signed_out" });
  });
});

describe.each(roleSchema.options)("role %s", (role) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });

  it.each(guarded.map((procedure) => [procedure.path, procedure] as const))("%s is as the permission table says", async (_path, procedure) => {
    const { permission } = procedure;
    const isAllowed = permission !== undefined && permission !== "public" && isPermitted(role, permission);
    const session = await makeSignedIn(world.workspaceId, role);
    const answer = await call(procedure, inputFor(procedure, world), session);
    if (!isAllowed) {
      expect(answer).toMatchObject({ ok: false, appCode: "access.forbidden" });
      return;
    }
    // An owner's query for rows of the own workspace is answered: the counter-proof of the refusals below.
    if (role === "owner" && procedure.type === "query") expect(answer).toMatchObject({ ok: true });
    // Reached the use case: an answer or the use case's own refusal, neither a broken probe nor a crash.
    if (!answer.ok) {
      expect(answer.issues, "a probe whose input is refused: see BY_NAME in testing/sample-input.ts and EXTRA_INPUT").toEqual([]);
      expect(["access.forbidden", "access.signed_out"]).not.toContain(answer.appCode);
      expect(answer.isUnexpected ? answer.cause : null).toBeNull();
    }
  });
});

describe("another workspace's rows", () => {
  let own: World;
  let foreign: World;
  let owner: () => Promise<MemberSession>;
  beforeAll(async () => {
    [own, foreign] = [await makeWorld(), await makeWorld()];
    owner = () => makeSignedIn(own.workspaceId, "owner");
  });

  it.each(probes.map((probe) => [probe.name, probe] as const))("%s: refused, untouched, unseen", async (_name, { procedure, field }) => {
    const session = procedure.permission === "public" ? null : await owner();
    const before = await snapshot(foreign);
    const answer = await call(procedure, inputFor(procedure, own, { world: foreign, field }), session);
    expect(await snapshot(foreign)).toBe(before);
    if (answer.ok) {
      expect(procedure.type, "a mutation that names a foreign row must be refused").not.toBe("mutation");
      expect(leaked(superjson.stringify(answer.data), foreign)).toEqual([]);
    } else {
      expect(answer.issues).toEqual([]);
      expect(answer.isUnexpected ? answer.cause : null).toBeNull();
    }
  });

  it.each(procedures.filter(({ type }) => type !== "mutation").map((procedure) => [procedure.path, procedure] as const))(
    "%s shows nothing of them",
    async (_path, procedure) => {
      const answer = await call(procedure, inputFor(procedure, own), procedure.permission === "public" ? null : await owner());
      if (answer.ok) expect(leaked(superjson.stringify(answer.data), foreign)).toEqual([]);
    },
  );
});

/** Which texts and ids of a world occur in an answer. */
function leaked(answer: string, world: World): string[] {
  return Object.entries(world).flatMap(([name, value]) => (answer.includes(value) ? [name] : []));
}
