import { download, exportTexts } from "@/app/api/download";
import { exportOrders } from "@/server/orders/index";
import { EXPORT_COLUMNS, exportOrdersQuery, fulfilmentSchema, orderStateSchema, paymentSchema } from "@/server/orders/schema";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return download(request, "orders.export", exportOrdersQuery, async ({ workspaceId, user }, query) => {
    const [own, words] = [await exportTexts(user.locale, "orders-export"), await exportTexts(user.locale, "orders")];
    return exportOrders(workspaceId, query, {
      columns: own.named(EXPORT_COLUMNS, "columns"),
      states: words.named(orderStateSchema.options, "states"),
      fulfilments: words.named(fulfilmentSchema.options, "fulfilments"),
      payments: words.named(paymentSchema.options, "payments"),
      sheet: own.text("sheet"),
    });
  });
}
