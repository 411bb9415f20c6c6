import type { z } from "zod";
import type { peopleOutput, ruleListOutput, teamListOutput } from "@/server/inbox/team/schema";

export type Team = z.infer<typeof teamListOutput>[number];
export type Person = z.infer<typeof peopleOutput>[number];
export type AssignmentRule = z.infer<typeof ruleListOutput>[number];
