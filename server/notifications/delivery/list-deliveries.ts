import { z } from "zod";
import type { Scope } from "@/server/platform/transaction";
import { deliveryStatusSchema, type ListNoticeDeliveriesInput, type listNoticeDeliveriesOutput, noticeKindSchema, outsideChannelSchema } from "../schema";
import { listDeliveryRows, namesOf } from "./delivery.repository";

const formSchema = z.enum(["test", "single", "digest"]);

/** What left or waits to leave, newest first; of one person, or with null of everybody. */
export async function listDeliveries(
  scope: Scope,
  userId: string | null,
  input: ListNoticeDeliveriesInput,
): Promise<z.output<typeof listNoticeDeliveriesOutput>> {
  const rows = await listDeliveryRows(scope, userId, input);
  const page = rows.slice(0, input.limit);
  const names = await namesOf(
    scope,
    page.map((row) => row.userId),
  );
  const last = page.at(-1);
  return {
    deliveries: page.map(({ notice, notBefore, status, form, channel, workspaceId: _workspace, noticeId: _notice, ...row }) => ({
      ...row,
      channel: outsideChannelSchema.parse(channel),
      status: deliveryStatusSchema.parse(status),
      form: formSchema.parse(form),
      kind: notice === null ? null : noticeKindSchema.parse(notice.kind),
      userName: names.get(row.userId) ?? "",
      nextTryAt: status === "waiting" ? notBefore : null,
    })),
    nextCursor: rows.length > input.limit && last !== undefined ? { at: last.createdAt, id: last.id } : null,
  };
}
