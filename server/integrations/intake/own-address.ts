import { env } from "@/server/platform/env";

export const WEBHOOK_PATH = "/api/integrations/webhook/";

/** The whole address a service pushes to. */
export function webhookAddress(system: string, token: string): string {
  return `${env.NEXTAUTH_URL.replace(/\/$/, "")}${WEBHOOK_PATH}${system}/${token}`;
}
