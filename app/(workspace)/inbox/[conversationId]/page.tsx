import { redirect } from "next/navigation";

/** A short address for one conversation, for links from notices and other pages. */
export default async function ConversationPage({ params }: { readonly params: Promise<{ conversationId: string }> }) {
  const { conversationId } = await params;
  redirect(`/inbox?conversation=${encodeURIComponent(conversationId)}`);
}
