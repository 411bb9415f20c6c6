import type { Viewer } from "@/server/access/index";
import { AppError, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { asViewer, type ViewerSession } from "../as-viewer";
import { findAttachmentSource } from "../repository";
import { integrationsGateway, type MessagingGateway } from "../sending/gateway";
import { findConversationIdOf, listVisible } from "../visibility.repository";
import { storedAttachmentsSchema } from "./get-thread";

export interface FetchedAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/**
 * Fetches an attachment from the service with the connection's own credentials; the browser never sees the address.
 * No transaction is held while the service answers.
 * @throws AppError `inbox.attachment_not_found` (also when the conversation is out of the person's scope); ConnectorError of the port (an address that is not the service's own is refused there).
 */
export async function fetchAttachment(
  session: ViewerSession,
  input: { readonly messageId: string; readonly index: number },
  gateway: MessagingGateway = integrationsGateway,
): Promise<FetchedAttachment> {
  const opened = await asViewer(session, async (scope, viewer) => {
    await requireVisibleAttachment(scope, viewer, input.messageId);
    const source = await findAttachmentSource(scope, input.messageId);
    const attachment = source === null ? undefined : storedAttachmentsSchema.parse(source.attachments)[input.index];
    if (source === null || attachment === undefined) throw notFound("inbox.attachment_not_found");
    return { attachment, access: await gateway.open(scope, source.connectionId) };
  });
  const { port, context } = opened.access;
  if (port.fetchAttachment === undefined) throw new AppError("inbox.attachments_unsupported", { status: 409 });
  return { name: opened.attachment.name, ...(await port.fetchAttachment(context, opened.attachment.url)) };
}

async function requireVisibleAttachment(scope: Scope, viewer: Viewer, messageId: string): Promise<void> {
  const conversationId = await findConversationIdOf(scope, messageId);
  if (conversationId === null || !(await listVisible(scope, viewer, [conversationId])).has(conversationId)) throw notFound("inbox.attachment_not_found");
}
