import type { MemberSession } from "@/server/access/index";
import { isPermitted } from "@/server/access/index";
import { okOutput } from "@/server/access/schema";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { archiveMacro, listMacros, saveMacro } from "./manage-macros";
import { type Author, archiveTemplate, listTemplates, saveTemplate, useTemplate } from "./manage-templates";
import { runMacro } from "./run-macro";
import {
  listMacrosInput,
  listMacrosOutput,
  listTemplatesInput,
  listTemplatesOutput,
  macroIdInput,
  runMacroInput,
  runMacroOutput,
  saveMacroInput,
  saveMacroOutput,
  saveTemplateInput,
  saveTemplateOutput,
  templateIdInput,
} from "./schema";

const read = permitted("inbox.read");
const write = permitted("inbox.write");

const authorOf = (session: MemberSession): Author => ({ userId: session.userId, mayShare: isPermitted(session.role, "replies.share") });

export const repliesRouter = router({
  templates: router({
    list: read
      .input(listTemplatesInput)
      .output(listTemplatesOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listTemplates(scope, ctx.session.userId, input))),
    save: write
      .input(saveTemplateInput)
      .output(saveTemplateOutput)
      .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => saveTemplate(scope, authorOf(ctx.session), input))),
    archive: write
      .input(templateIdInput)
      .output(okOutput)
      .mutation(async ({ ctx, input }) => {
        await inWorkspace(ctx.workspaceId, (scope) => archiveTemplate(scope, authorOf(ctx.session), input.templateId));
        return { ok: true };
      }),
    used: write
      .input(templateIdInput)
      .output(okOutput)
      .mutation(async ({ ctx, input }) => {
        await inWorkspace(ctx.workspaceId, (scope) => useTemplate(scope, ctx.session.userId, input.templateId));
        return { ok: true };
      }),
  }),
  macros: router({
    list: read
      .input(listMacrosInput)
      .output(listMacrosOutput)
      .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listMacros(scope, ctx.session.userId, input))),
    save: write
      .input(saveMacroInput)
      .output(saveMacroOutput)
      .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => saveMacro(scope, authorOf(ctx.session), input))),
    archive: write
      .input(macroIdInput)
      .output(okOutput)
      .mutation(async ({ ctx, input }) => {
        await inWorkspace(ctx.workspaceId, (scope) => archiveMacro(scope, authorOf(ctx.session), input.macroId));
        return { ok: true };
      }),
    run: write
      .input(runMacroInput)
      .output(runMacroOutput)
      .mutation(({ ctx, input }) => runMacro(ctx.session, input)),
  }),
});
