/** The standard's page size; clients have it built in (contract section 1.4). */
export const pageSize = 100;
