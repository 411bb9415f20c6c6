export { AutomationsFrame } from "./automations-frame";
export { DeadlinesView } from "./deadlines/deadlines-view";
export { FollowUpsView } from "./follow-ups/follow-ups-view";
export { HoursView } from "./hours/hours-view";
export { moved } from "./parts/move";
export { MoveButtons } from "./parts/move-buttons";
export { useChannels } from "./parts/use-channels";
export { TemplatesView } from "./templates/templates-view";
