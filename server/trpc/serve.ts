import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { currentRequestId, withRequestId } from "@/server/platform/logger";
import { createContext } from "./context";
import { appRouter } from "./root";

/**
 * Serves /api/trpc. A browser on another site gets nothing: the session cookie is SameSite=Lax, and requests that name
 * themselves cross-site are refused besides.
 */
export async function serveTrpc(request: Request): Promise<Response> {
  return withRequestId(request.headers.get("x-request-id"), async () => {
    const requestId = currentRequestId() ?? "";
    if (request.headers.get("sec-fetch-site") === "cross-site") {
      return Response.json({ code: "request.cross_site" }, { status: 403, headers: { "x-request-id": requestId } });
    }
    return fetchRequestHandler({
      endpoint: "/api/trpc",
      req: request,
      router: appRouter,
      // Long drafts travel in the body, and what is being typed stays out of access logs.
      allowMethodOverride: true,
      createContext: () => createContext(request.headers),
      responseMeta: () => ({ headers: new Headers({ "x-request-id": requestId, "cache-control": "no-store" }) }),
    });
  });
}
