/** The editor: React components that know a document and a kernel session, and neither host. */
export * from './host';
export * from './hooks';
