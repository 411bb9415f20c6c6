import { tracked } from "@trpc/server";
import { viewerOf } from "@/server/access/index";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { outputStream } from "@/server/trpc/stream";
import { requestChange } from "./changing/request-change";
import { requestMany } from "./changing/request-many";
import { cancelChange, settleByHand } from "./changing/settle-by-hand";
import { describeStateMapping, saveStateMapping } from "./mapping/state-mapping";
import { getOrder } from "./reading/get-order";
import { countByState, countToShip, listOrders } from "./reading/list-orders";
import { watchOrders } from "./reading/watch-orders";
import {
  changeRefInput,
  changeStateOutput,
  countOrdersInput,
  countOrdersOutput,
  getOrderInput,
  listOrdersInput,
  listOrdersOutput,
  orderOutput,
  ordersEventOutput,
  requestChangeInput,
  requestChangeOutput,
  requestManyInput,
  requestManyOutput,
  saveStateMappingInput,
  saveStateMappingOutput,
  setNoteInput,
  setNoteOutput,
  settleChangeInput,
  stateMappingInput,
  stateMappingOutput,
  toShipOutput,
  watchOrdersInput,
} from "./schema";
import { setNote } from "./set-note";

const read = permitted("orders.read");
const write = permitted("orders.write");

export const ordersRouter = router({
  list: read
    .input(listOrdersInput)
    .output(listOrdersOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listOrders(scope, input))),
  counts: read
    .input(countOrdersInput)
    .output(countOrdersOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => countByState(scope, input.connectionIds))),
  toShip: read.output(toShipOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, (scope) => countToShip(scope))),
  get: read
    .input(getOrderInput)
    .output(orderOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, async (scope) => getOrder(scope, await viewerOf(scope, ctx.session), input.orderId))),
  setNote: write
    .input(setNoteInput)
    .output(setNoteOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => setNote(scope, ctx.session.userId, input, new Date()))),
  requestChange: write
    .input(requestChangeInput)
    .output(requestChangeOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => requestChange(scope, ctx.session, input))),
  requestMany: write
    .input(requestManyInput)
    .output(requestManyOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => requestMany(scope, ctx.session, input))),
  cancelChange: write
    .input(changeRefInput)
    .output(changeStateOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => cancelChange(scope, input.changeId))),
  settleChange: write
    .input(settleChangeInput)
    .output(changeStateOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => settleByHand(scope, input, ctx.actor))),
  stateMapping: permitted("connections.read")
    .input(stateMappingInput)
    .output(stateMappingOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => describeStateMapping(scope, input.connectionId))),
  saveStateMapping: permitted("connections.manage")
    .input(saveStateMappingInput)
    .output(saveStateMappingOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => saveStateMapping(scope, input, ctx.actor), { timeoutMs: 60_000 })),
  live: read
    .input(watchOrdersInput)
    .output(outputStream(ordersEventOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      let count = 0;
      // Back after a break: whatever changed meanwhile was missed.
      if (typeof input?.lastEventId === "string") yield tracked(`${Date.now()}-${count++}`, { orderIds: null });
      for await (const event of watchOrders(ctx.workspaceId, signal ?? new AbortController().signal)) yield tracked(`${Date.now()}-${count++}`, event);
    }),
});
