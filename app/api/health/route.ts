/** Alive: the process answers. Nothing else is looked at, so that an outage of the database does not restart the web. */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
