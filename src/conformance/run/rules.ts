import { resources } from '../../resources/index.ts';

/** A numbered rule of the standard, as opposed to a habit of an implementation. */
const numbered = /^[a-z]+-\d{3}$/;

/** The ids of the numbered rules, in the order of the documentation. */
export const rules: ReadonlySet<string> = new Set(
  resources
    .flatMap((resource) => resource.rules.map(({ id }) => id))
    .filter((id) => numbered.test(id))
    .sort(),
);
