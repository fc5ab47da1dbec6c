import type { ShipmentDossier } from './shipment';
import { shipmentIsOver, whereItIs } from './shipping/handling';

// The milestones of a shipment; a wrong pick goes back to the first.

/** 拣货: somebody has picked, and another is to look. */
export const picked = ({ handling: { step } }: ShipmentDossier): boolean => step !== 'picking';

/** 复核: the pick was found right. */
export const checked = ({ handling: { step } }: ShipmentDossier): boolean => step === 'packed' || step === 'gone';

/** 出库: it is out of the warehouse. */
export const gone = ({ handling: { step } }: ShipmentDossier): boolean => step === 'gone';

/** 送达, 召回 or 停止: nothing more is to be done about it, and its order has heard so. */
export const ended = (dossier: ShipmentDossier): boolean => shipmentIsOver(dossier);

export { whereItIs };
