import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { listProducts } from "./list-products";
import { listProductsInput, listProductsOutput } from "./schema";

export const catalogRouter = router({
  list: permitted("catalog.read")
    .input(listProductsInput)
    .output(listProductsOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listProducts(scope, input))),
});
