import { createTranslator } from "next-intl";
import { problem, problemOf } from "@/app/api/problem";
import { isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { getSession, isPermitted } from "@/server/access/index";
import { withRequestId } from "@/server/platform/logger";
import { exportSales } from "@/server/sales/index";
import { EXPORT_COLUMNS, exportSalesQuery, saleKindSchema } from "@/server/sales/schema";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const session = await getSession(request.headers);
  if (session === null) return problem(401, "access.signed_out");
  if (!isPermitted(session.role, "sales.export")) return problem(403, "access.forbidden");
  const query = exportSalesQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return problem(400, "input.invalid");
  return withRequestId(request.headers.get("x-request-id"), async () => {
    try {
      const { fileName, contentType, body } = await exportSales(session.workspaceId, query.data, await wordsFor(session.user.locale));
      return new Response(body, {
        headers: {
          "content-type": contentType,
          "content-disposition": `attachment; filename="${fileName}"`,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      return problemOf(error);
    }
  });
}

async function wordsFor(wanted: string) {
  const locale = isLocale(wanted) ? wanted : "en";
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: "sales-export" });
  const named = <K extends string>(keys: readonly K[], prefix: string) =>
    Object.fromEntries(keys.map((key) => [key, t(`${prefix}.${key}`)])) as Record<K, string>;
  return { columns: named(EXPORT_COLUMNS, "columns"), kinds: named(saleKindSchema.options, "kinds"), yes: t("yes"), sheet: t("sheet") };
}
