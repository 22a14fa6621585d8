// What went wrong, in words on the page. The build puts it into loader.js and embed/frame.js.

const place = document.getElementById('trouble');

/** @param {string} message */
function show(message) {
  // The first fault is the cause: after a panic has told its own, the trap says “unreachable”.
  if (!place.hidden) return;
  document.getElementById('trouble-text').textContent = message;
  place.hidden = false;
}

/** @param {Error} error */
// biome-ignore lint/correctness/noUnusedVariables: the two scripts that this is put into call it
const notStarted = (error) => show(`The live figure could not start: ${error.message}. The text and the picture below need no WebAssembly.`);

/**
 * The links only differ in their fragment, so following one would not reload.
 *
 * @param {string} id
 */
function reloads(id, before = () => {}) {
  document.getElementById(id)?.addEventListener('click', (event) => {
    event.preventDefault();
    before();
    location.reload();
  });
}
reloads('trouble-reload');
reloads('trouble-fresh', () => history.replaceState(null, '', '#/lab'));

addEventListener('error', (event) => {
  if (event.error) show(`Rampscope stopped: ${event.error.message}`);
});
addEventListener('unhandledrejection', (event) => {
  show(`Rampscope stopped: ${event.reason?.message ?? event.reason}`);
});
