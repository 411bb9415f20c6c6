import { readiness } from "@/server/platform/health";

/** Ready: this process can serve requests. 503 with the failing check otherwise. */
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const result = await readiness();
  return Response.json(result, { status: result.status === "ready" ? 200 : 503, headers: { "cache-control": "no-store" } });
}
