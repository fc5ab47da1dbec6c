-- EX-1, HG-1: whoever is told of a customer's holds is told since when they stand and who placed them.
CREATE OR REPLACE FUNCTION holds_of_customer(wanted_customer text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', "id", 'reason', "reason", 'gates', "gates",
           'placedAt', to_char("placedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'placedBy', "placedBy",
           'until', to_char("until" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) ORDER BY "placedAt", "id"), '[]')
    FROM "customer_holds"
   WHERE "customerId" = wanted_customer AND "releasedAt" IS NULL AND coalesce("until", 'infinity') > now()
$$;
