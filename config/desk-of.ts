import type { TaskKind } from '../domain/inside/processes';

/** Whose task it is: the order's own, its shipment's or its collection's. */
export const deskOf = (kind: TaskKind): string => /^(shipment|collection)\./.exec(kind)?.[1] ?? 'order';
