import { openApiDocument } from "@/server/api/index";
import { env } from "@/server/platform/env";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Open to everybody: it names no secret, and tools fetch it without a token. */
export function GET(): Response {
  return Response.json(openApiDocument(env.NEXTAUTH_URL), { headers: { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" } });
}
