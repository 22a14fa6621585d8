// What the build puts into desk.js, and what that leaves where it is no worker.

/** The module's bytes, a letter each. */
declare const RAMPSCOPE_BYTES: string;

declare var rampscopeAudit: unknown;
