export { AcceptInvitation } from "./accept-invitation";
export { AuthFrame } from "./auth-frame";
export { safeReturnPath } from "./return-path";
export { SetupWizard } from "./setup-wizard";
export { SignInForm } from "./sign-in-form";
