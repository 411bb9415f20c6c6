/** The public surface of follow-ups. */

export { heedBuyer, planDeliveries, planFollowUps } from "./plan-follow-ups";
export { sendFollowUp, sweepFollowUps } from "./send-follow-up";
