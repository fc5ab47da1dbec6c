import { type Role, roles as allRoles } from '../../domain/inside/kernel/vocabulary';

/** A user of the company that is run against faults. */
export interface Person {
  readonly id: string;
  readonly roles: readonly Role[];
}

const person = (id: string, ...roles: readonly Role[]): Person => ({ id, roles });

/** Two of those who may contradict each other; those who take orders do not review. */
export const people: readonly Person[] = [
  person('u-taker-1', 'sales'),
  person('u-taker-2', 'sales'),
  person('u-sales-1', 'sales'),
  person('u-sales-2', 'sales'),
  person('u-sales-supervisor', 'sales_supervisor'),
  person('u-sales-director-1', 'sales_director'),
  person('u-sales-director-2', 'sales_director'),
  person('u-technical-1', 'technical'),
  person('u-technical-2', 'technical'),
  person('u-director-1', 'director'),
  person('u-director-2', 'director'),
  person('u-general-manager', 'general_manager'),
  person('u-service', 'customer_service'),
  person('u-service-supervisor', 'customer_service_supervisor'),
  person('u-finance-1', 'finance'),
  person('u-finance-2', 'finance'),
  person('u-finance-lead', 'finance_lead'),
  person('u-legal', 'legal'),
  person('u-production', 'production', 'team_lead'),
  person('u-quality', 'quality'),
  person('u-warehouse-1', 'warehouse'),
  person('u-warehouse-2', 'warehouse'),
  person('u-checker', 'checker'),
  person('u-logistics', 'logistics'),
  person('u-purchasing', 'purchasing'),
  person('u-admin', 'admin'),
  // Looks at everything and touches nothing: the board that the scripted clients act by.
  person('u-observer', ...allRoles),
];

export const observer = 'u-observer';
/** Who takes orders. */
export const takers = ['u-taker-1', 'u-taker-2'] as const;

/** People who may act in one of these roles, takers and those named in `but` left out. */
export function peopleIn(roles: readonly string[], but: readonly string[] = []): readonly string[] {
  const out = new Set<string>([observer, ...takers, ...but]);
  return people.filter((one) => !out.has(one.id) && one.roles.some((role) => roles.includes(role))).map(({ id }) => id);
}
