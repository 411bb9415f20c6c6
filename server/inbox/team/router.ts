import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { asViewer } from "../as-viewer";
import { conversationIdInput } from "../schema";
import { changeMany } from "./bulk";
import { assign, setLabels, setPriority, snooze } from "./change-one";
import { describeContext } from "./context";
import { listDrafts, saveDraft } from "./drafts";
import { listHistory } from "./history";
import { createLabel, removeLabel, updateLabel } from "./labels";
import { listLabelRows } from "./labels.repository";
import { merge, suggestMerges, unmerge } from "./merge";
import { addNote, editNote, listNotes, removeNote } from "./notes";
import { heartbeat, listPeople, setAvailability, setCapacity } from "./people";
import { leavePresence, listPresence, touchPresence } from "./presence";
import * as schema from "./schema";
import { archiveTeam, createTeam, saveRules, updateTeam } from "./teams";
import { listRuleRows, listTeamRows } from "./teams.repository";

const read = permitted("inbox.read");
const own = permitted("inbox.own");
const write = permitted("inbox.write");
const manage = permitted("inbox.manage");

/** A bulk action locks and writes thousands of rows at once. */
const BULK_TIMEOUT_MS = 60_000;

export const done = () => ({ ok: true }) as const;

const labelsRouter = router({
  list: read.output(schema.labelListOutput).query(({ ctx }) => asViewer(ctx.session, (scope) => listLabelRows(scope))),
  create: manage
    .input(schema.labelCreateInput)
    .output(schema.createdOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope) => createLabel(scope, ctx.actor, input))),
  update: manage
    .input(schema.labelUpdateInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input: { labelId, ...fields } }) => asViewer(ctx.session, (scope) => updateLabel(scope, ctx.actor, labelId, fields).then(done))),
  remove: manage
    .input(schema.labelIdInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope) => removeLabel(scope, ctx.actor, input.labelId).then(done))),
  set: write
    .input(schema.setLabelsInput)
    .output(schema.setLabelsOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => setLabels(scope, viewer, input))),
});

const peopleRouter = router({
  list: read.output(schema.peopleOutput).query(({ ctx }) => asViewer(ctx.session, (scope, viewer) => listPeople(scope, viewer.userId))),
  heartbeat: own.output(schema.heartbeatOutput).mutation(({ ctx }) => asViewer(ctx.session, (scope, viewer) => heartbeat(scope, viewer.userId))),
  setAvailability: own
    .input(schema.setAvailabilityInput)
    .output(schema.heartbeatOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => setAvailability(scope, viewer.userId, input.availability))),
  setCapacity: manage
    .input(schema.setCapacityInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope) => setCapacity(scope, ctx.actor, input).then(done))),
});

const teamsRouter = router({
  list: read.output(schema.teamListOutput).query(({ ctx }) => asViewer(ctx.session, (scope) => listTeamRows(scope))),
  create: manage
    .input(schema.teamCreateInput)
    .output(schema.createdOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope) => createTeam(scope, ctx.actor, input))),
  update: manage
    .input(schema.teamUpdateInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input: { teamId, ...fields } }) => asViewer(ctx.session, (scope) => updateTeam(scope, ctx.actor, teamId, fields).then(done))),
  archive: manage
    .input(schema.teamIdInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope) => archiveTeam(scope, ctx.actor, input.teamId).then(done))),
});

const rulesRouter = router({
  list: read.output(schema.ruleListOutput).query(({ ctx }) => asViewer(ctx.session, async (scope) => (await listRuleRows(scope)).map(toRule))),
  save: manage
    .input(schema.rulesSaveInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope) => saveRules(scope, ctx.actor, input.rules).then(done))),
});

const toRule = ({ id, teamId, channels, connectionIds }: Awaited<ReturnType<typeof listRuleRows>>[number]) => ({
  id,
  teamId,
  channels: [...channels],
  connectionIds: [...connectionIds],
});

const notesRouter = router({
  list: read
    .input(conversationIdInput)
    .output(schema.noteListOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => listNotes(scope, viewer, input.conversationId))),
  add: write
    .input(schema.noteCreateInput)
    .output(schema.createdOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => addNote(scope, viewer, input))),
  edit: write
    .input(schema.noteEditInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => editNote(scope, viewer, input).then(done))),
  remove: write
    .input(schema.noteIdInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => removeNote(scope, viewer, input.noteId).then(done))),
});

const draftsRouter = router({
  list: write
    .input(conversationIdInput)
    .output(schema.draftListOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => listDrafts(scope, viewer, input.conversationId))),
  save: write
    .input(schema.draftSaveInput)
    .output(schema.draftSaveOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => saveDraft(scope, viewer, input))),
});

const presenceRouter = router({
  list: read
    .input(conversationIdInput)
    .output(schema.presenceOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => listPresence(scope, viewer, input.conversationId))),
  touch: own
    .input(schema.presenceTouchInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => touchPresence(scope, viewer, input).then(done))),
  leave: own
    .input(conversationIdInput)
    .output(schema.doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => leavePresence(scope, viewer, input.conversationId).then(done))),
});

/** Working together, spread into the inbox's router. */
export const teamProcedures = {
  assign: write
    .input(schema.assignInput)
    .output(schema.assignOutput)
    .mutation(({ ctx, input: { conversationId, ...wish } }) => asViewer(ctx.session, (scope, viewer) => assign(scope, viewer, conversationId, wish))),
  assignToMe: write
    .input(conversationIdInput)
    .output(schema.assignOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => assign(scope, viewer, input.conversationId, { assigneeId: viewer.userId }))),
  snooze: write
    .input(schema.snoozeInput)
    .output(schema.snoozeOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => snooze(scope, viewer, input))),
  setPriority: write
    .input(schema.setPriorityInput)
    .output(schema.priorityOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => setPriority(scope, viewer, input))),
  bulk: write
    .input(schema.bulkInput)
    .output(schema.bulkOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => changeMany(scope, viewer, ctx.actor, input), { timeoutMs: BULK_TIMEOUT_MS })),
  history: read
    .input(schema.historyInput)
    .output(schema.historyOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => listHistory(scope, viewer, input))),
  context: read
    .input(conversationIdInput)
    .output(schema.contextOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => describeContext(scope, viewer, input.conversationId))),
  mergeSuggestions: read
    .input(conversationIdInput)
    .output(schema.suggestionsOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => suggestMerges(scope, viewer, input.conversationId))),
  merge: write
    .input(schema.mergeInput)
    .output(schema.mergeOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => merge(scope, viewer, input))),
  unmerge: write
    .input(conversationIdInput)
    .output(schema.mergeOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => unmerge(scope, viewer, input.conversationId))),
  labels: labelsRouter,
  people: peopleRouter,
  teams: teamsRouter,
  rules: rulesRouter,
  notes: notesRouter,
  drafts: draftsRouter,
  presence: presenceRouter,
};
