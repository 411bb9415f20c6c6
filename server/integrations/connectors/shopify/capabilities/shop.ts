import { ConnectorError } from "../../../contract/errors";
import type { ShopifyClient } from "../client";
import { locationSchema, shopSchema } from "../schemas";

export function readShop(client: ShopifyClient) {
  return client.query("ShopFacts", {}, shopSchema);
}

/** @returns undefined where the app may not see locations. */
export async function readPrimaryLocation(client: ShopifyClient): Promise<{ readonly id: string; readonly name: string } | undefined> {
  try {
    return (await client.query("PrimaryLocation", {}, locationSchema)).data.location ?? undefined;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "forbidden") return undefined;
    throw error;
  }
}
