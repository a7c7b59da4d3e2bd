// An import of node:http reads each of its members, and one of them loads an HTTP client of ten megabytes that nobody here uses.
export const { createServer, request, STATUS_CODES } = process.getBuiltinModule('node:http');
