export * from './access.ts';
export * from './call.ts';
export * from './faults.ts';
export * from './pages.ts';
export * from './routes.ts';
export * from './start.ts';
export * from './table.ts';
