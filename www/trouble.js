// What went wrong, in words on the page: for loader.js and embed/frame.js, which the build puts it into, so
// that nothing has to be fetched before trouble can be told.

const place = document.getElementById('trouble');

/** @param {string} message */
function show(message) {
  // The first fault is the cause: after a panic has told its own, the trap says “unreachable”.
  if (!place.hidden) return;
  document.getElementById('trouble-text').textContent = message;
  place.hidden = false;
}

/** @param {Error} error */
export const notStarted = (error) => show(`The live figure could not start: ${error.message}. The text and the picture below need no WebAssembly.`);

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
