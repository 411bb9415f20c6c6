import type { ConversationPage } from "@/server/inbox/schema";

export type { ConversationPage } from "@/server/inbox/schema";
export type ConversationCursor = NonNullable<ConversationPage["nextCursor"]>;
