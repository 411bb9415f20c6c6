import { download, exportTexts } from "@/app/api/download";
import { exportSales } from "@/server/sales/index";
import { EXPORT_COLUMNS, exportSalesQuery, saleKindSchema } from "@/server/sales/schema";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return download(request, "sales.export", exportSalesQuery, async ({ workspaceId, user }, query) => {
    const { text, named } = await exportTexts(user.locale, "sales-export");
    const words = { columns: named(EXPORT_COLUMNS, "columns"), kinds: named(saleKindSchema.options, "kinds"), yes: text("yes"), sheet: text("sheet") };
    return exportSales(workspaceId, query, words);
  });
}
