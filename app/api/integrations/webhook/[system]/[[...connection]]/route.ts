import { receiveWebhookRequest } from "@/server/integrations/index";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Only what comes in before the door in front of Next stands (instrumentation.ts), and every push where Next runs without it. */
async function handle(request: Request): Promise<Response> {
  return receiveWebhookRequest(request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
