import { tracked } from "@trpc/server";
import { z } from "zod";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { outputStream } from "@/server/trpc/stream";
import { applyTable, exportTable, previewTable } from "./exchange/exchange-table";
import { listProducts } from "./list-products";
import { createVariant, editVariant, makeVariants, matchByHand, mergeVariants } from "./matching/change-variants";
import { changeOffers, previewRule, pushAgain, saveRule, setPrices } from "./pushing/offer-settings";
import { listListings } from "./reading/list-listings";
import { catalogOverview, getVariant, listVariants } from "./reading/list-variants";
import { listPushRows } from "./reading/offer.repository";
import { watchCatalog } from "./reading/watch-catalog";
import {
  changeOffersInput,
  changeStockInput,
  createVariantInput,
  editVariantInput,
  exportTableInput,
  exportTableOutput,
  listListingsInput,
  listListingsOutput,
  listProductsInput,
  listProductsOutput,
  listPushesInput,
  listPushesOutput,
  listVariantsInput,
  listVariantsOutput,
  makeVariantsInput,
  makeVariantsOutput,
  matchListingsInput,
  mergeVariantsInput,
  overviewOutput,
  previewRuleInput,
  previewRuleOutput,
  pushAgainInput,
  saveRuleInput,
  setPricesInput,
  tableAppliedOutput,
  tableInput,
  tablePreviewOutput,
  variantDetailOutput,
  variantIdInput,
  watchCatalogInput,
  watchCatalogOutput,
} from "./schema";
import { changeStockByHand } from "./stock/change-stock";

const read = permitted("catalog.read");
const write = permitted("catalog.write");
const done = z.object({ ok: z.literal(true) });
const OK = { ok: true } as const;

export const catalogRouter = router({
  list: read
    .input(listProductsInput)
    .output(listProductsOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listProducts(scope, input))),
  overview: read.output(overviewOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, catalogOverview)),
  live: read
    .input(watchCatalogInput)
    .output(outputStream(watchCatalogOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      let count = 0;
      // Back after a break: whatever changed meanwhile was missed.
      if (typeof input?.lastEventId === "string") yield tracked(`${Date.now()}-${count++}`, { changed: true } as const);
      for await (const beat of watchCatalog(ctx.workspaceId, signal ?? new AbortController().signal)) yield tracked(`${Date.now()}-${count++}`, beat);
    }),
  variants: router({
    list: read
      .input(listVariantsInput)
      .output(listVariantsOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listVariants(scope, input))),
    get: read
      .input(variantIdInput)
      .output(variantDetailOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => getVariant(scope, input.variantId))),
    create: write
      .input(createVariantInput)
      .output(variantIdInput)
      .mutation(({ ctx, input }) => createVariant(ctx.workspaceId, ctx.session, input)),
    edit: write
      .input(editVariantInput)
      .output(done)
      .mutation(({ ctx, input }) => editVariant(ctx.workspaceId, ctx.session, input).then(() => OK)),
    merge: write
      .input(mergeVariantsInput)
      .output(done)
      .mutation(({ ctx, input }) => mergeVariants(ctx.workspaceId, ctx.session, input.variantId, input.intoVariantId).then(() => OK)),
    changeStock: write
      .input(changeStockInput)
      .output(done)
      .mutation(({ ctx, input }) => changeStockByHand(ctx.workspaceId, ctx.session.userId, input).then(() => OK)),
    makeOf: write
      .input(makeVariantsInput)
      .output(makeVariantsOutput)
      .mutation(({ ctx, input }) => makeVariants(ctx.workspaceId, input.productIds)),
  }),
  listings: router({
    list: read
      .input(listListingsInput)
      .output(listListingsOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listListings(scope, input))),
    match: write
      .input(matchListingsInput)
      .output(done)
      .mutation(({ ctx, input }) => matchByHand(ctx.workspaceId, input.productIds, input.to).then(() => OK)),
    change: write
      .input(changeOffersInput)
      .output(done)
      .mutation(({ ctx, input }) => changeOffers(ctx.workspaceId, input).then(() => OK)),
    setPrices: write
      .input(setPricesInput)
      .output(z.object({ changed: z.number() }))
      .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => setPrices(scope, input))),
    pushAgain: write
      .input(pushAgainInput)
      .output(done)
      .mutation(({ ctx, input }) => pushAgain(ctx.workspaceId, input.productIds, input.kind).then(() => OK)),
    pushes: read
      .input(listPushesInput)
      .output(listPushesOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, async (scope) => ({ pushes: await listPushRows(scope, input.productId, input.kind) }))),
  }),
  rules: router({
    preview: write
      .input(previewRuleInput)
      .output(previewRuleOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => previewRule(scope, input))),
    save: write
      .input(saveRuleInput)
      .output(done)
      .mutation(({ ctx, input }) => saveRule(ctx.workspaceId, ctx.session.userId, input).then(() => OK)),
  }),
  table: router({
    export: read
      .input(exportTableInput)
      .output(exportTableOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => exportTable(scope, input.separator))),
    preview: write
      .input(tableInput)
      .output(tablePreviewOutput)
      .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => previewTable(scope, input.text))),
    carryOut: write
      .input(tableInput)
      .output(tableAppliedOutput)
      .mutation(({ ctx, input }) => applyTable(ctx.workspaceId, ctx.session.userId, input.text)),
  }),
});
