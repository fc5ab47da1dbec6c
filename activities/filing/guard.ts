import type { Rows } from '../../domain/outside/filing/rows-of';

/** The filing goes on where the row stands, and is not of an attempt at a workflow task that another has overtaken. */
const follows = `o."filedSeq" = ($1::jsonb->>'firstSeq')::int - 1 and o."filedEpoch" <= ($1::jsonb->>'epoch')::int`;

/**
 * The statement's first part: moves the workflow's own row from `firstSeq - 1` to `lastSeq`, or does nothing. Every other
 * part writes only beside a row of `guard`. $1 is the `Rows` as JSON. A shipment's and a collection's row is made by its
 * first filing; an order's stands before its workflow starts.
 */
export const guards: Readonly<Record<Rows['summary']['of'], string>> = {
  order: `guard as (
  update orders o set
    "filedSeq" = ($1::jsonb->>'lastSeq')::int,
    "filedRun" = $1::jsonb->>'run', "filedEpoch" = ($1::jsonb->>'epoch')::int,
    "customerId" = coalesce($1::jsonb->>'customerId', o."customerId"),
    "startedAt" = coalesce(o."startedAt", now()),
    "policyName" = coalesce(s."policyName", o."policyName"),
    "policyVersion" = coalesce(s."policyVersion", o."policyVersion"),
    "salespersonId" = coalesce(s."salespersonId", o."salespersonId"),
    version = s.version, revision = s.revision, status = s.status, grade = s.grade,
    "waitingFor" = s."waitingFor", "waitingSince" = s."waitingSince", "dueAt" = s."dueAt",
    "offeredOn" = s."offeredOn", "promisedOn" = s."promisedOn", "wishedOn" = s."wishedOn",
    "goodsFen" = s."goodsFen", "taxFen" = s."taxFen", "freightFen" = s."freightFen", "totalFen" = s."totalFen",
    "depositFen" = s."depositFen", "receivedFen" = s."receivedFen", "billedFen" = s."billedFen",
    "outstandingFen" = s."outstandingFen", "shippedUnpaidFen" = s."shippedUnpaidFen",
    "exposureFen" = s."exposureFen", "usesCredit" = s."usesCredit", holds = s.holds,
    "shippedAt" = s."shippedAt", "deliveredAt" = s."deliveredAt", "endedAt" = s."endedAt"
  from jsonb_populate_record(null::orders, $1::jsonb->'summary') s
  where o.no = $1::jsonb->>'orderNo' and ${follows}
  returning o.no, o.revision
)`,
  shipment: `guard as (
  insert into shipments as o (no, "orderNo", "filedSeq", "filedRun", "filedEpoch", version, status, carrier, "waybillNo", clearance, "shippedAt", "arrivedAt", "deliveredAt")
  select s.no, $1::jsonb->>'orderNo', ($1::jsonb->>'lastSeq')::int, $1::jsonb->>'run', ($1::jsonb->>'epoch')::int, s.version, s.status, s.carrier, s."waybillNo", s.clearance,
         s."shippedAt", s."arrivedAt", s."deliveredAt"
  from jsonb_populate_record(null::shipments, $1::jsonb->'summary') s
  where ($1::jsonb->>'firstSeq')::int = 1 or exists (select from shipments where no = s.no)
  on conflict (no) do update set
    "filedSeq" = excluded."filedSeq",
    "filedRun" = excluded."filedRun", "filedEpoch" = excluded."filedEpoch", version = excluded.version, status = excluded.status, carrier = excluded.carrier,
    "waybillNo" = excluded."waybillNo", clearance = excluded.clearance, "shippedAt" = excluded."shippedAt",
    "arrivedAt" = excluded."arrivedAt", "deliveredAt" = excluded."deliveredAt"
  where ${follows}
  returning no
)`,
  collection: `guard as (
  insert into collections as o (no, "chargeNo", "orderNo", "customerId", "filedSeq", "filedRun", "filedEpoch", version, level, "owedFen", "dueAt", "nextAt", "endedAt")
  select s.no, s."chargeNo", $1::jsonb->>'orderNo', $1::jsonb->>'customerId', ($1::jsonb->>'lastSeq')::int, $1::jsonb->>'run', ($1::jsonb->>'epoch')::int, s.version, s.level,
         s."owedFen", s."dueAt", s."nextAt", s."endedAt"
  from jsonb_populate_record(null::collections, $1::jsonb->'summary') s
  where ($1::jsonb->>'firstSeq')::int = 1 or exists (select from collections where no = s.no)
  on conflict (no) do update set
    "filedSeq" = excluded."filedSeq",
    "filedRun" = excluded."filedRun", "filedEpoch" = excluded."filedEpoch", version = excluded.version, level = excluded.level,
    "owedFen" = excluded."owedFen", "dueAt" = excluded."dueAt", "nextAt" = excluded."nextAt",
    "endedAt" = excluded."endedAt"
  where ${follows}
  returning no
)`,
};
