import fc from "fast-check";
import { apiScopeSchema } from "@/server/api/schema";
import { documentShape, makeJudge, operationsOf, shotsAt } from "@/server/api/testing/fuzz-document";
import { expect, test } from "../fixtures/test";

const RUNS = 15;

test("the running server answers every operation as its document promises, whatever is asked", async ({ appUrl, api, seed }) => {
  const document = documentShape.parse(await (await fetch(`${appUrl}/api/openapi.json`)).json());
  const { token, created } = await api.api.tokens.create.mutate({ name: "Fuzz", scopes: [...apiScopeSchema.options], expiresInDays: 1 });
  const judge = makeJudge(document);
  for (const operation of operationsOf(document)) {
    const shots = fc.asyncProperty(shotsAt(operation, [seed.connectionId, "no-such-system"]), async ({ url, method, headers, body }) => {
      const answer = await fetch(`${appUrl}${url}`, { method, headers: { authorization: `Bearer ${token}`, ...headers }, body: body ?? null });
      judge(operation, { status: answer.status, contentType: answer.headers.get("content-type") ?? "", text: await answer.text() });
    });
    await fc.assert(shots, { numRuns: RUNS });
  }
  await api.api.tokens.revoke.mutate({ apiTokenId: created.id });
  const after = await fetch(`${appUrl}/api/v1/integrations`, { headers: { authorization: `Bearer ${token}` } });
  expect([after.status, after.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
});
