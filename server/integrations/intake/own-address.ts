import { env } from "@/server/platform/env";

export const WEBHOOK_PATH = "/api/integrations/webhook/";

/** The part of an address that names a connection; null for an address that is not one of this installation for this system. */
export function tokenInAddress(system: string, address: string): string | null {
  const base = webhookAddress(system, "");
  const token = address.startsWith(base) ? address.slice(base.length) : "";
  return /^[\w-]+$/.test(token) ? token : null;
}

/** The whole address a service pushes to. */
export function webhookAddress(system: string, token: string): string {
  return `${env.NEXTAUTH_URL.replace(/\/$/, "")}${WEBHOOK_PATH}${system}/${token}`;
}
