import { ConnectorError } from "../../../contract/errors";
import { checkText, refuse } from "../../../contract/outgoing";
import type { ConnectorContext, ConversationAction, ConversationRef, MessagingPort, OutgoingMessage, ReadConversationInput } from "../../../contract/ports";
import type { ExternalConversation, ExternalMessage } from "../../../contract/records";
import { questionRules, writeState } from "../channels";
import { hepsiburadaClient } from "../client";
import { comparable, hasExpired, isClosed, toConversation } from "../issues";
import { pullQuestions } from "./questions-pull";

async function readConversation(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation> {
  return toConversation(await hepsiburadaClient(context).issue(input.externalId));
}

/** Looked at first: what has run out of its day takes no answer, and the refusal would be a bare sentence. The answer names no id. */
async function send(context: ConnectorContext, message: OutgoingMessage): Promise<Record<string, never>> {
  if (message.file !== undefined) refuse("hepsiburada.file_not_here");
  const text = checkText("hepsiburada", message.text, questionRules);
  const client = hepsiburadaClient(context);
  const issue = await client.issue(message.conversationExternalId);
  if (isClosed(issue) || hasExpired(issue, context.clock.now())) throw new ConnectorError("closed", "hepsiburada.question_closed");
  await client.answer(issue.issueNumber, text);
  return {};
}

function isSame(sent: { readonly text?: string | undefined }, found: ExternalMessage): boolean {
  return found.side === "seller" && sent.text !== undefined && comparable(sent.text) === comparable(found.text);
}

/** Reports the question to the service; the words go to it, not to the buyer. */
async function act(
  context: ConnectorContext,
  input: ConversationRef & { readonly action: ConversationAction; readonly text?: string | undefined },
): Promise<void> {
  if (input.action !== "reject") return refuse("hepsiburada.action_unknown");
  const reason = input.text?.trim() ?? "";
  if (reason === "") refuse("hepsiburada.reject_needs_text");
  checkText("hepsiburada", reason, questionRules);
  const client = hepsiburadaClient(context);
  const issue = await client.issue(input.conversationExternalId);
  if (issue.status === "Rejected") return;
  const asked = issue.conversations.filter((entry) => entry.from === "Customer").at(-1);
  if (isClosed(issue) || asked === undefined) throw new ConnectorError("closed", "hepsiburada.question_closed");
  await client.reject(issue.issueNumber, reason, asked.id);
}

export const hepsiburadaMessaging: MessagingPort = {
  channels: [questionRules],
  pull: pullQuestions,
  readConversation,
  writeState,
  send,
  isSame,
  act,
};
