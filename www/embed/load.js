// What the element is made of, from the folder that its script lies in.

/** The folder of the app. */
export const APP = new URL('.', import.meta.url).href;
/** The folder of the element's own files. */
export const FILES = APP;

/** The module, started. */
export async function start() {
  const api = await import(new URL('rampscope.js', FILES).href);
  await api.default({ module_or_path: new URL('rampscope_bg.wasm', FILES) });
  return api;
}

/** The style sheet's text, as the server answers. */
export const style = () => fetch(new URL('figure.css', FILES));
