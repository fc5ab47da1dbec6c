-- HT-2: who is asked has changed, so whether somebody is there has to be judged again; whoever writes the task need not know.
CREATE OR REPLACE FUNCTION task_asks_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."candidatesAsOf" := -1;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER "tasks_ask_others" BEFORE UPDATE ON "tasks" FOR EACH ROW
  WHEN (OLD."slots" IS DISTINCT FROM NEW."slots" OR OLD."excluded" IS DISTINCT FROM NEW."excluded" OR OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION task_asks_others();
