import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { createFirstOwner, isSetUp } from "@/server/access";
import { createConnection, createWebhookAddress, syncNow } from "@/server/integrations";
import { closePlatform } from "@/server/platform/shutdown";
import { LaunchProblem } from "./problem";

/** The seller of the sandbox's scenarios (sandbox/README.md). Good for the simulator only. */
const DEMO_SELLER = { clientId: "1005001", apiKey: "5a1d0000-0000-4000-8000-000000001005" } as const;

const seedSchema = z.object({ userId: z.uuid(), workspaceId: z.uuid(), connectionId: z.uuid() });
type Seed = z.infer<typeof seedSchema>;

export interface DemoSeedOptions {
  readonly account: { readonly email: string; readonly password: string };
  readonly sandboxUrl: string;
  /** Remembers what was made, so that a second start finds it. */
  readonly file: string;
}

/**
 * Makes the demo workspace once: owner, organization, one Ozon connection to the simulator. On every start it makes a fresh
 * push address, registers it with the simulated service, and asks for a synchronisation.
 */
export async function seedDemo(options: DemoSeedOptions): Promise<void> {
  const seed = existsSync(options.file) ? seedSchema.parse(JSON.parse(readFileSync(options.file, "utf8"))) : await create(options);
  const owner = { kind: "user", id: seed.userId } as const;
  const { url } = await createWebhookAddress(seed.workspaceId, seed.connectionId, owner);
  await registerPush(options.sandboxUrl, url);
  await syncNow(seed.workspaceId, { id: seed.connectionId, streams: ["products", "chats", "sales"] }, owner);
  // The supervisor needs the database no more; an open pool would complain when PostgreSQL stops.
  await closePlatform();
}

async function create({ account, file }: DemoSeedOptions): Promise<Seed> {
  if (await isSetUp()) throw new LaunchProblem("The demo data is incomplete (an earlier start was interrupted): start once with --reset.");
  const owner = await createFirstOwner({
    ...account,
    name: "Demo Owner",
    locale: "en",
    timeZone: "Europe/Moscow",
    workspaceName: "Demo shop",
    organization: { name: "ООО «Караван»", legalName: null, taxId: null, country: "RU", currency: "RUB", timeZone: "Europe/Moscow" },
  });
  const connectionId = await createConnection(
    owner.workspaceId,
    {
      connectorId: "ozon",
      organizationId: owner.organizationId,
      name: "Ozon · demo",
      credentials: { ...DEMO_SELLER },
      isActive: true,
      autoSync: true,
      streams: [],
    },
    { kind: "user", id: owner.userId },
  );
  const seed = { userId: owner.userId, workspaceId: owner.workspaceId, connectionId };
  writeFileSync(file, JSON.stringify(seed));
  return seed;
}

/** What a person does in the cabinet: enters the address; the service sends its ping and then starts pushing. */
async function registerPush(sandboxUrl: string, url: string): Promise<void> {
  const response = await fetch(`${sandboxUrl}/ozon/v1/notification/set`, {
    method: "POST",
    headers: { "content-type": "application/json", "client-id": DEMO_SELLER.clientId, "api-key": DEMO_SELLER.apiKey },
    body: JSON.stringify({ url, types: ["TYPE_NEW_MESSAGE", "TYPE_UPDATE_MESSAGE", "TYPE_MESSAGE_READ", "TYPE_CHAT_CLOSED"] }),
  });
  if (!response.ok) throw new LaunchProblem(`The simulated Ozon did not accept the push address: ${(await response.text()).slice(0, 300)}`);
}
