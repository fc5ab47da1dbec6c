import type { Rows } from '../../domain/projection';

/**
 * The statement's first part: moves the workflow's own row from `firstSeq - 1` to `lastSeq`, or does nothing. Every other
 * part writes only beside a row of `guard`. $1 is the `Rows` as JSON. A shipment's and a collection's row is made by its
 * first filing; an order's stands before its workflow starts. Of what is filed in parts an earlier release counted all with the first part:
 * a row never counts more than it holds (S3).
 */
export const guards: Readonly<Record<Rows['standing']['of'], string>> = {
  order: `guard as (
  update orders o set
    "filedSeq" = ($1::jsonb->>'lastSeq')::int,
    "customerId" = coalesce($1::jsonb->>'customerId', o."customerId"),
    "startedAt" = coalesce(o."startedAt", now()),
    "policyName" = coalesce(s."policyName", o."policyName"),
    "policyVersion" = coalesce(s."policyVersion", o."policyVersion"),
    "salespersonId" = coalesce(s."salespersonId", o."salespersonId"),
    version = least(s.version, ($1::jsonb->>'lastSeq')::int), revision = s.revision, status = s.status, grade = s.grade,
    "waitingFor" = s."waitingFor", "waitingSince" = s."waitingSince", "dueAt" = s."dueAt",
    "offeredOn" = s."offeredOn", "promisedOn" = s."promisedOn", "wishedOn" = s."wishedOn",
    "goodsFen" = s."goodsFen", "taxFen" = s."taxFen", "freightFen" = s."freightFen", "totalFen" = s."totalFen",
    "depositFen" = s."depositFen", "receivedFen" = s."receivedFen", "billedFen" = s."billedFen",
    "outstandingFen" = s."outstandingFen", "goneUnpaidFen" = coalesce(s."goneUnpaidFen", o."goneUnpaidFen"),
    "exposureFen" = coalesce(s."exposureFen", o."exposureFen"), "takesCredit" = coalesce(s."takesCredit", o."takesCredit"), holds = s.holds,
    "shippedAt" = s."shippedAt", "deliveredAt" = s."deliveredAt", "endedAt" = s."endedAt"
  from jsonb_populate_record(null::orders, $1::jsonb->'standing') s
  where o.no = $1::jsonb->>'orderNo' and o."filedSeq" = ($1::jsonb->>'firstSeq')::int - 1
  returning o.no, o.revision
)`,
  shipment: `guard as (
  insert into shipments as o (no, "orderNo", "filedSeq", version, status, carrier, "waybillNo", leave, "shippedAt", "arrivedAt", "deliveredAt")
  select s.no, $1::jsonb->>'orderNo', ($1::jsonb->>'lastSeq')::int, s.version, s.status, s.carrier, s."waybillNo", s.leave,
         s."shippedAt", s."arrivedAt", s."deliveredAt"
  from jsonb_populate_record(null::shipments, $1::jsonb->'standing') s
  where ($1::jsonb->>'firstSeq')::int = 1 or exists (select from shipments where no = s.no)
  on conflict (no) do update set
    "filedSeq" = excluded."filedSeq", version = excluded.version, status = excluded.status, carrier = excluded.carrier,
    "waybillNo" = excluded."waybillNo", leave = excluded.leave, "shippedAt" = excluded."shippedAt",
    "arrivedAt" = excluded."arrivedAt", "deliveredAt" = excluded."deliveredAt"
  where o."filedSeq" = ($1::jsonb->>'firstSeq')::int - 1
  returning no
)`,
  collection: `guard as (
  insert into collections as o ("billNo", "orderNo", "customerId", "filedSeq", version, level, "outstandingFen", "dueAt", "nextAt", "endedAt")
  select s."billNo", $1::jsonb->>'orderNo', $1::jsonb->>'customerId', ($1::jsonb->>'lastSeq')::int, s.version, s.level,
         s."outstandingFen", s."dueAt", s."nextAt", s."endedAt"
  from jsonb_populate_record(null::collections, $1::jsonb->'standing') s
  where ($1::jsonb->>'firstSeq')::int = 1 or exists (select from collections where "billNo" = s."billNo")
  on conflict ("billNo") do update set
    "filedSeq" = excluded."filedSeq", version = excluded.version, level = excluded.level,
    "outstandingFen" = excluded."outstandingFen", "dueAt" = excluded."dueAt", "nextAt" = excluded."nextAt",
    "endedAt" = excluded."endedAt"
  where o."filedSeq" = ($1::jsonb->>'firstSeq')::int - 1
  returning "billNo" as no
)`,
};
