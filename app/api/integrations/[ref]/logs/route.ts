import { serveApi } from "@/server/api/index";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export { serveApi as DELETE, serveApi as GET, serveApi as PATCH, serveApi as POST, serveApi as PUT };
