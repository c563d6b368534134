import path from 'node:path';

/** The folder of the project. The benchmark runs as plain JavaScript, compiled to `.bench/bench`. */
export const project = path.resolve(import.meta.dirname, '../..');
