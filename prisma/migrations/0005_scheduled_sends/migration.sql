-- What waits for its moment: sent later, or still to be taken back.
CREATE INDEX message_scheduled ON "message" ("send_scheduled_at") WHERE "send_state" = 'scheduled';
