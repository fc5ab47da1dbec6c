-- Whoever keeps the organisation in memory sees by the version that it changed.
CREATE OR REPLACE FUNCTION organisation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "organisation_version" SET "version" = "version" + 1;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER "users_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "users" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
CREATE OR REPLACE TRIGGER "user_roles_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "user_roles" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
CREATE OR REPLACE TRIGGER "approval_limits_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "approval_limits" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
CREATE OR REPLACE TRIGGER "substitutions_change_organisation" AFTER INSERT OR UPDATE OR DELETE ON "substitutions" FOR EACH STATEMENT EXECUTE FUNCTION organisation_changed();
