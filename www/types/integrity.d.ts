// The hashes of what the element of a version fetches: made by the build.

declare const integrity: { 'figure.css': string; 'rampscope_bg.wasm': string };
export default integrity;
