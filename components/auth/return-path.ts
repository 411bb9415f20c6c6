/** Where to go after signing in: a path of this house, or home. `//host`, `/\host` and full addresses are refused. */
export function safeReturnPath(back: string | undefined): string {
  if (back === undefined || !/^\/(?![/\\])/.test(back) || back.startsWith("/sign-in")) return "/";
  return back;
}
