import { canonicalJson } from '../filing/digest';
import { type IntakeField, intakeFields, type OrderIntake } from './order-intake';

/** The fields in which two intakes of one order differ: what a lock looks at while a review is under way (HT-12). */
export function changedFields(before: OrderIntake, after: OrderIntake): readonly IntakeField[] {
  return intakeFields.filter((field) => text(before[field]) !== text(after[field]));
}

const text = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));
