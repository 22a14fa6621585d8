// The glue of the page's module, which tools/dev/split.mjs makes of src/view/rest.rs: what the scripts
// here use of it.

export default function init(): Promise<unknown>;
export function mountPage(root: Element): void;
/** Has the second part fetched, unless it is there or on its way. */
export function fetchRest(): void;
/** Keeps why a try to fetch it has failed, as the end of a sentence. */
export function restFailed(reason: string): void;
/** What the first part has, once it is there. */
export function initSync(): { __indirect_function_table: WebAssembly.Table } & WebAssembly.ModuleImports;
/** The name of the build, which its parts know each other by; empty where the module is whole. */
export const BUILD: string;
