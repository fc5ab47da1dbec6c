-- HT-6: what somebody has delegated and may call back, counted at every look into the inbox; hardly any open task is.
CREATE INDEX "tasks_delegated" ON "tasks" ("id")
  WHERE "state" = 'open' AND "slots" @> '[{"state": "open", "delegated": {}}]'::jsonb;
