import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { createSaleLine } from "./create-sale-line";
import { carryOutImport } from "./importing/carry-out-import";
import { listImports } from "./importing/list-imports";
import { previewImport } from "./importing/preview-import";
import { undoImport } from "./importing/undo-import";
import { listSales } from "./list-sales";
import {
  carryOutImportInput,
  createSaleLineInput,
  createSaleLineOutput,
  importPreviewOutput,
  importResultOutput,
  listImportsOutput,
  listSalesInput,
  listSalesOutput,
  readImportInput,
  revenueSeriesOutput,
  saleFiltersInput,
  saleImportIdInput,
  totalSalesInput,
  totalSalesOutput,
  undoImportOutput,
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
  imports: router({
    list: read.output(listImportsOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, async (scope) => ({ imports: await listImports(scope) }))),
    // A mutation for its size alone: it stores nothing.
    preview: keep
      .input(readImportInput)
      .output(importPreviewOutput)
      .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => previewImport(scope, input), { timeoutMs: 60_000 })),
    carryOut: keep
      .input(carryOutImportInput)
      .output(importResultOutput)
      .mutation(({ ctx, input }) => carryOutImport(ctx.workspaceId, { kind: "user", id: ctx.session.userId }, input)),
    undo: keep
      .input(saleImportIdInput)
      .output(undoImportOutput)
      .mutation(({ ctx, input }) => undoImport(ctx.workspaceId, { kind: "user", id: ctx.session.userId }, input.importId)),
  }),
});
