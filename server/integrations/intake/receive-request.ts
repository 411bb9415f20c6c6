import { withRequestId } from "@/server/platform/logger";
import { placeOf } from "./door";
import { bodyOfStream } from "./read-body";
import { receiveWebhook } from "./receive-webhook";

/** The door for a server that speaks Fetch. */
export async function receiveWebhookRequest(request: Request): Promise<Response> {
  const place = placeOf(new URL(request.url).pathname);
  if (place === null) return new Response("unknown address", { status: 404 });
  const { status, body, contentType } = await withRequestId(request.headers.get("x-request-id"), () =>
    receiveWebhook({ ...place, method: request.method, headers: Object.fromEntries(request.headers), body: bodyOfStream(request.body) }),
  );
  return new Response(body, { status, headers: { "content-type": contentType, "cache-control": "no-store" } });
}
