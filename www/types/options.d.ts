// Kinds of options by their names, of the crate's tables: made by the build.

export const PARAMS: Record<string, string>;
export const OBSERVED: Record<string, string>;
export const LAYER: Record<string, string>;
export const CONV: Record<string, string>;
