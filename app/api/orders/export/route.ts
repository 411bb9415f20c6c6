import { createTranslator } from "next-intl";
import { problem, problemOf } from "@/app/api/problem";
import { isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { getSession, isPermitted } from "@/server/access/index";
import { exportOrders } from "@/server/orders/index";
import { EXPORT_COLUMNS, exportOrdersQuery, fulfilmentSchema, orderStateSchema, paymentSchema } from "@/server/orders/schema";
import { withRequestId } from "@/server/platform/logger";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const session = await getSession(request.headers);
  if (session === null) return problem(401, "access.signed_out");
  if (!isPermitted(session.role, "orders.export")) return problem(403, "access.forbidden");
  const query = exportOrdersQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return problem(400, "input.invalid");
  return withRequestId(request.headers.get("x-request-id"), async () => {
    try {
      const { fileName, contentType, body } = await exportOrders(session.workspaceId, query.data, await wordsFor(session.user.locale));
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
  const messages = await loadMessages(locale);
  const t = createTranslator({ locale, messages, namespace: "orders-export" });
  const word = createTranslator({ locale, messages, namespace: "orders" });
  const record = <K extends string>(keys: readonly K[], of: (key: K) => string) => Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, string>;
  return {
    columns: record(EXPORT_COLUMNS, (key) => t(`columns.${key}`)),
    states: record(orderStateSchema.options, (key) => word(`states.${key}`)),
    fulfilments: record(fulfilmentSchema.options, (key) => word(`fulfilments.${key}`)),
    payments: record(paymentSchema.options, (key) => word(`payments.${key}`)),
    sheet: t("sheet"),
  };
}
