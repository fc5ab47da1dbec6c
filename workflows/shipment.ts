import type { ShipmentStatus } from '../domain/inside/kernel/vocabulary';
import { shipment as process, type ShipmentDossier } from '../domain/inside/shipment';
import * as milestone from '../domain/inside/shipment-milestones';
import { live } from './live';
import { post } from './post';
import { until } from './run';
import type { Run, TakenUp } from './run-state';
import { shownShipment as shown } from './shown';

/** One shipment (发货), from the pick list to the receiver or back (SH-1 … SH-7); its result is where the goods ended. */
export const shipment = async (input: TakenUp<ShipmentDossier>): Promise<ShipmentStatus> =>
  // Goods under way cannot be cancelled from the Temporal UI: the order asks a shipment to stop.
  live({ process, shown, post }, input, story);

async function story(run: Run<ShipmentDossier>): Promise<ShipmentStatus> {
  await until(run, milestone.picked);
  await until(run, milestone.checked);
  await until(run, milestone.gone);
  await until(run, milestone.ended);
  return milestone.whereItIs(run.dossier.handling);
}
