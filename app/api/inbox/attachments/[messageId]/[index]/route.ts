import { z } from "zod";
import { problem, problemOf } from "@/app/api/problem";
import { getSession, isPermitted } from "@/server/access/index";
import { fetchAttachment } from "@/server/inbox/index";
import { withRequestId } from "@/server/platform/logger";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const paramsSchema = z.object({ messageId: z.uuid(), index: z.coerce.number().int().min(0).max(99) });
/** Shown in place; everything else is only ever downloaded, so that a buyer's file cannot run as a page of ours. */
const INLINE = /^image\/(png|jpeg|gif|webp|avif)$/;

/** A buyer's file, fetched from the marketplace with the shop's key, which never reaches the browser. */
export async function GET(request: Request, { params }: { readonly params: Promise<Record<string, string>> }): Promise<Response> {
  const session = await getSession(request.headers);
  if (session === null) return problem(401, "access.signed_out");
  if (!isPermitted(session.role, "inbox.read")) return problem(403, "access.forbidden");
  const input = paramsSchema.safeParse(await params);
  if (!input.success) return problem(404, "inbox.attachment_not_found");
  return withRequestId(request.headers.get("x-request-id"), async () => {
    try {
      const file = await fetchAttachment(session, input.data);
      const inline = INLINE.test(file.contentType);
      return new Response(Buffer.from(file.content), {
        headers: {
          "content-type": inline ? file.contentType : "application/octet-stream",
          "content-disposition": `${inline ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
          "cache-control": "private, max-age=3600, immutable",
          "content-security-policy": "default-src 'none'; sandbox",
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      return problemOf(error);
    }
  });
}
