import { randomUUID } from "node:crypto";
import type { Viewer } from "@/server/access/index";
import type { ConversationScope, Role } from "@/server/access/schema";
import { db } from "@/server/platform/db";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import type { ViewerSession } from "../as-viewer";
import { ingestConversations } from "../ingest/ingest-conversations";
import type { TestInbox } from "./make-inbox";

export interface TestMember {
  readonly userId: string;
  readonly name: string;
  readonly session: ViewerSession;
}

/** A member of the test inbox; nobody signs in, so no password is hashed. */
export async function makeOperator(inbox: TestInbox, conversationScope: ConversationScope = "all", role: Role = "operator"): Promise<TestMember> {
  const userId = randomUUID();
  const name = `Person ${userId}`;
  const { workspaceId } = inbox;
  await db.user.create({
    data: {
      id: userId,
      email: `${userId}@example.test`,
      name,
      passwordHash: "none",
      memberships: { create: { id: randomUUID(), workspaceId, role, conversationScope } },
    },
  });
  return { userId, name, session: { workspaceId, userId, role, conversationScope } };
}

export async function makeTeam(inbox: TestInbox, members: readonly TestMember[], autoAssign = false): Promise<string> {
  const id = randomUUID();
  const { workspaceId } = inbox;
  await db.team.create({
    data: { id, workspaceId, name: `Team ${id}`, autoAssign, members: { create: members.map(({ userId }) => ({ userId, workspaceId })) } },
  });
  return id;
}

/** Stores one chat with one buyer's message. @returns its id. */
export async function makeChat(
  inbox: TestInbox,
  name: string,
  options: { readonly text?: string; readonly at?: Date; readonly buyerRef?: string; readonly orderNumber?: string; readonly channel?: string } = {},
): Promise<string> {
  const at = options.at ?? inbox.clock.now();
  const count = await db.message.count({ where: { connectionId: inbox.connection.id, conversation: { externalId: name } } });
  await use(inbox, (scope) =>
    ingestConversations(
      scope,
      {
        connection: inbox.connection,
        source: "push",
        conversations: [
          {
            externalId: name,
            channel: options.channel ?? "fake.chat",
            createdAt: at,
            remoteStatus: "open",
            ...(options.buyerRef === undefined ? {} : { buyerRef: options.buyerRef }),
            ...(options.orderNumber === undefined ? {} : { orderNumber: options.orderNumber }),
            messages: [
              {
                externalId: `m${count + 1}`,
                side: "buyer",
                authorKind: "buyer",
                text: options.text ?? `hello from ${name}`,
                attachments: [],
                sentAt: at,
                versionAt: at,
              },
            ],
          },
        ],
      },
      inbox.clock,
    ),
  );
  const row = await db.conversation.findFirstOrThrow({ where: { connectionId: inbox.connection.id, externalId: name } });
  return row.id;
}

export const use = <T>(inbox: TestInbox, work: (scope: Scope) => Promise<T>) => inWorkspace(inbox.workspaceId, work);

export const viewerFor = ({ userId, session }: TestMember, teamIds: readonly string[] = []): Viewer => ({
  userId,
  role: session.role,
  scope: session.conversationScope,
  teamIds,
});

export async function conversation(id: string) {
  return db.conversation.findUniqueOrThrow({ where: { id } });
}
