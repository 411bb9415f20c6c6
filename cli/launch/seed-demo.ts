import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { createFirstOwner, isSetUp } from "@/server/access";
import { createConnection, createWebhookAddress, syncNow } from "@/server/integrations";
import { closePlatform } from "@/server/platform/shutdown";
import { DEMO_SHOPS, type DemoShop, registerPush } from "./demo-connections";
import { furnishDemo } from "./furnish-demo";
import { LaunchProblem } from "./problem";

const seedSchema = z.object({
  userId: z.uuid(),
  workspaceId: z.uuid(),
  /** By connector. */
  connections: z.record(z.string(), z.uuid()),
  isFurnished: z.boolean(),
});
type Seed = z.infer<typeof seedSchema>;

export interface DemoSeedOptions {
  readonly account: { readonly email: string; readonly password: string };
  readonly sandboxUrl: string;
  /** Where Karavan itself answers. */
  readonly url: string;
  /** Remembers what was made, so that a second start finds it. */
  readonly file: string;
}

/**
 * Makes the demo workspace once: owner, organization, one connection to each simulated marketplace, then through Karavan's own
 * doors colleagues, teams, templates and deadlines. On every start it makes fresh push addresses, registers them with the
 * simulated services, and asks for a synchronisation.
 */
export async function seedDemo(options: DemoSeedOptions): Promise<void> {
  const seed = await remembered(options);
  const owner = { kind: "user", id: seed.userId } as const;
  for (const shop of DEMO_SHOPS) {
    const id = seed.connections[shop.connectorId];
    if (id === undefined) continue;
    if (shop.registerPush !== undefined) {
      const { url } = await createWebhookAddress(seed.workspaceId, id, owner);
      await registerPush(shop, options.sandboxUrl, url);
    }
    await syncNow(seed.workspaceId, { id, streams: [...shop.streams] }, owner);
  }
  if (!seed.isFurnished) {
    await furnishDemo(options);
    save(options.file, { ...seed, isFurnished: true });
  }
  // The supervisor needs the database no more; an open pool would complain when PostgreSQL stops.
  await closePlatform();
}

function save(file: string, seed: Seed): Seed {
  writeFileSync(file, JSON.stringify(seed));
  return seed;
}

async function remembered(options: DemoSeedOptions): Promise<Seed> {
  if (!existsSync(options.file)) return create(options);
  const seed = seedSchema.safeParse(JSON.parse(readFileSync(options.file, "utf8")));
  if (!seed.success) throw new LaunchProblem("The demo data is of an older version: start once with --reset.");
  return seed.data;
}

async function create({ account, file, sandboxUrl }: DemoSeedOptions): Promise<Seed> {
  if (await isSetUp()) throw new LaunchProblem("The demo data is incomplete (an earlier start was interrupted): start once with --reset.");
  const owner = await createFirstOwner({
    ...account,
    name: "Demo Owner",
    locale: "en",
    timeZone: "Europe/Moscow",
    workspaceName: "Demo shop",
    organization: { name: "ООО «Караван»", legalName: null, taxId: null, country: "RU", currency: "RUB", timeZone: "Europe/Moscow" },
  });
  const connections: Record<string, string> = {};
  for (const shop of DEMO_SHOPS) connections[shop.connectorId] = await connect(owner, shop, sandboxUrl);
  return save(file, { userId: owner.userId, workspaceId: owner.workspaceId, connections, isFurnished: false });
}

async function connect(owner: Awaited<ReturnType<typeof createFirstOwner>>, shop: DemoShop, sandboxUrl: string): Promise<string> {
  return createConnection(
    owner.workspaceId,
    {
      connectorId: shop.connectorId,
      organizationId: owner.organizationId,
      name: shop.name,
      credentials: { ...(await shop.credentials(sandboxUrl)) },
      isActive: true,
      autoSync: true,
      streams: [],
    },
    { kind: "user", id: owner.userId },
  );
}
