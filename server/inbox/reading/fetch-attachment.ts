import { AppError, notFound } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { integrationsGateway, type MessagingGateway } from "./gateway";
import { storedAttachmentsSchema } from "./get-thread";
import { findAttachmentSource } from "./repository";

export interface FetchedAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/**
 * Fetches an attachment from the service with the connection's own credentials; the browser never sees the address.
 * No transaction is held while the service answers.
 * @throws AppError `inbox.attachment_not_found`; ConnectorError of the port (an address that is not the service's own is refused there).
 */
export async function fetchAttachment(
  workspaceId: string,
  input: { readonly messageId: string; readonly index: number },
  gateway: MessagingGateway = integrationsGateway,
): Promise<FetchedAttachment> {
  const opened = await inWorkspace(workspaceId, async (scope) => {
    const source = await findAttachmentSource(scope, input.messageId);
    const attachment = source === null ? undefined : storedAttachmentsSchema.parse(source.attachments)[input.index];
    if (source === null || attachment === undefined) throw notFound("inbox.attachment_not_found");
    return { attachment, access: await gateway.open(scope, source.connectionId) };
  });
  const { port, context } = opened.access;
  if (port.fetchAttachment === undefined) throw new AppError("inbox.attachments_unsupported", { status: 409 });
  return { name: opened.attachment.name, ...(await port.fetchAttachment(context, opened.attachment.url)) };
}
