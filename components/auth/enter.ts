import { signIn } from "next-auth/react";

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly workspaceId?: string | undefined;
}

/** Signs in through next-auth. @returns null when it worked, else what `parseSignInError` reads. */
export async function enter({ email, password, workspaceId }: Credentials): Promise<string | null> {
  const answer = await signIn("credentials", { email, password, ...(workspaceId === undefined ? {} : { workspaceId }), redirect: false });
  if (answer === undefined) return "internal";
  return answer.ok && answer.error === null ? null : (answer.error ?? "internal");
}
