import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** One import that the laws forbid: `rule` must catch it. */
interface Plant {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const PLANTS: readonly Plant[] = [
  { rule: "no-cycles", from: "lib/ring-a.ts", to: "lib/ring-b.ts" },
  { rule: "lib-is-a-leaf", from: "lib/leaf.ts", to: "server/platform/errors.ts" },
  { rule: "platform-knows-no-domain", from: "server/platform/nosy.ts", to: "server/inbox/index.ts" },
  { rule: "module-surface-only", from: "server/inbox/deep.ts", to: "server/sales/rules.ts" },
  { rule: "tests-use-testing-surfaces", from: "server/inbox/deep.test.ts", to: "server/sales/rules.ts" },
  { rule: "integrations-surface-only", from: "server/inbox/inside.ts", to: "server/integrations/sync/cursor.ts" },
  { rule: "integrations-know-no-domain", from: "server/integrations/domain.ts", to: "server/inbox/index.ts" },
  { rule: "contract-is-a-leaf", from: "server/integrations/contract/heavy.ts", to: "server/platform/db.ts" },
  { rule: "connector-is-an-island", from: "server/integrations/connectors/ozon/db.ts", to: "server/platform/db.ts" },
  { rule: "connector-is-an-island", from: "server/integrations/connectors/ozon/sibling.ts", to: "server/integrations/connectors/rozetka/client.ts" },
  { rule: "registry-is-the-only-list", from: "server/integrations/second-list.ts", to: "server/integrations/connectors/ozon/index.ts" },
  { rule: "sandbox-never-ships", from: "server/inbox/fake.ts", to: "sandbox/kit.ts" },
  { rule: "simulator-is-independent", from: "server/integrations/connectors/ozon/sandbox/cheat.ts", to: "server/integrations/connectors/ozon/schemas.ts" },
  { rule: "routes-are-thin", from: "app/api/thick/route.ts", to: "server/inbox/repository.ts" },
  { rule: "ui-sees-no-server", from: "components/inbox/list.ts", to: "server/inbox/index.ts" },
  { rule: "schema-is-client-safe", from: "server/sales/schema.ts", to: "server/sales/rules.ts" },
  { rule: "primitives-know-no-feature", from: "components/ui/button.ts", to: "components/inbox/index.ts" },
  { rule: "feature-ui-surface-only", from: "components/sales/table.ts", to: "components/inbox/row.ts" },
  { rule: "prisma-stays-in-repositories", from: "server/inbox/list.ts", to: "server/platform/db.ts" },
  { rule: "rules-are-pure", from: "server/inbox/rules.ts", to: "server/platform/logger.ts" },
  { rule: "functions-call-modules-not-insides", from: "inngest/functions/inbox/send.ts", to: "server/inbox/repository.ts" },
  { rule: "root-sees-only-routers", from: "server/trpc/root.ts", to: "server/inbox/list.ts" },
  { rule: "cli-uses-surfaces", from: "cli/doctor.ts", to: "server/inbox/repository.ts" },
  { rule: "sandbox-sees-only-simulators", from: "sandbox/server.ts", to: "server/inbox/index.ts" },
  { rule: "nobody-imports-tests", from: "server/inbox/borrowed.ts", to: "server/inbox/testing/make.ts" },
  { rule: "server-knows-only-the-event-client", from: "server/inbox/engine.ts", to: "inngest/embedded/run.ts" },
  { rule: "event-client-single-door", from: "server/inbox/direct.ts", to: "inngest/client.ts" },
  { rule: "event-client-is-a-leaf", from: "inngest/client.ts", to: "server/inbox/index.ts" },
  { rule: "server-knows-no-ui", from: "server/sales/pretty.ts", to: "components/ui/button.ts" },
  { rule: "mapper-is-pure", from: "server/integrations/connectors/ozon/mapper.ts", to: "server/integrations/connectors/ozon/client.ts" },
];

interface Report {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] };
}

let folder = "";
let report: Report;

function plantTree(root: string): void {
  const imports = new Map<string, string[]>();
  for (const { from, to } of [...PLANTS, { from: "lib/ring-b.ts", to: "lib/ring-a.ts" }]) {
    imports.set(from, [...(imports.get(from) ?? []), to]);
    if (!imports.has(to)) imports.set(to, []);
  }
  for (const [file, targets] of imports) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    const lines = targets.map((target, index) => {
      const path = relative(dirname(file), target).replace(/\.ts$/, "");
      return `import { value as value${index} } from "${path.startsWith(".") ? path : `./${path}`}";\nexport const use${index} = value${index};`;
    });
    writeFileSync(join(root, file), [...lines, "export const value = 1;"].join("\n"));
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "karavan-laws-"));
  plantTree(folder);
  cpSync(".dependency-cruiser.cjs", join(folder, ".dependency-cruiser.cjs"));
  cpSync(".dependency-cruiser.resolve.cjs", join(folder, ".dependency-cruiser.resolve.cjs"));
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  const rooms = ["app", "components", "server", "inngest", "sandbox", "cli", "lib"];
  const args = [join(process.cwd(), "node_modules/.bin/depcruise"), ...rooms, "--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    // Violations make it exit with their number; the report is on standard output all the same.
    output = String((error as { stdout: string }).stdout);
  }
  report = JSON.parse(output) as Report;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the import laws catch a planted violation of", () => {
  it.each(PLANTS)("$rule: $from → $to", ({ rule, from, to }) => {
    const caught = report.summary.violations.filter((entry) => entry.rule.name === rule).map((entry) => `${entry.from} → ${entry.to}`);
    expect(caught).toContain(`${from} → ${to}`);
  });
});
