import { receiveTelegramWebhook, SECRET_HEADER } from "@/server/notifications/index";
import { withRequestId } from "@/server/platform/logger";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ token: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const call = { token, secret: request.headers.get(SECRET_HEADER), body: request.body };
  const status = await withRequestId(request.headers.get("x-request-id"), () => receiveTelegramWebhook(call));
  return new Response(null, { status, headers: { "cache-control": "no-store" } });
}
