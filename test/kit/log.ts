/** Every line that any gateway of this test run logged; the last spec looks for personal data in it. */
export const allLogLines: string[] = [];
