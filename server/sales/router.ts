import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { createSaleLine } from "./create-sale-line";
import { listSales } from "./list-sales";
import {
  createSaleLineInput,
  createSaleLineOutput,
  listSalesInput,
  listSalesOutput,
  revenueSeriesOutput,
  saleFiltersInput,
  totalSalesInput,
  totalSalesOutput,
} from "./schema";
import { revenueSeries, totalSales } from "./total-sales";

const read = permitted("sales.read");
// Whoever may take the figures out may also put one in: owner, admin, accountant.
const keep = permitted("sales.export");

export const salesRouter = router({
  list: read
    .input(listSalesInput)
    .output(listSalesOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listSales(scope, input))),
  totals: read
    .input(totalSalesInput)
    .output(totalSalesOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => totalSales(scope, input))),
  series: read
    .input(saleFiltersInput)
    .output(revenueSeriesOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => revenueSeries(scope, input))),
  createLine: keep
    .input(createSaleLineInput)
    .output(createSaleLineOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => createSaleLine(scope, input, { kind: "user", id: ctx.session.userId }))),
});
