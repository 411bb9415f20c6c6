export { AuditView } from "./audit-view";
export { MembersView } from "./members-view";
export { OrganizationsView } from "./organizations-view";
export { ProfileView } from "./profile-view";
export { SecurityView } from "./security-view";
export { SettingsFrame } from "./settings-frame";
export { WorkspaceView } from "./workspace-view";
