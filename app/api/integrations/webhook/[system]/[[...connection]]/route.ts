import { receiveWebhook } from "@/server/integrations/index";
import { withRequestId } from "@/server/platform/logger";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ system: string; connection?: string[] }>;
}

async function handle(request: Request, { params }: Context): Promise<Response> {
  const { system, connection } = await params;
  // Some services add a segment of their own to the address they were given (Yandex Market: /notification).
  const token = connection?.[0];
  const headers = Object.fromEntries(request.headers);
  const answer = await withRequestId(request.headers.get("x-request-id"), () =>
    receiveWebhook({ method: request.method, system, token, headers, body: request.body }),
  );
  return new Response(answer.body, { status: answer.status, headers: { "content-type": answer.contentType, "cache-control": "no-store" } });
}

export { handle as GET, handle as POST, handle as PUT };
