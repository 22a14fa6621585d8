// Keeps the page for visits without network (sw.js), and says when a newer version is ready. Loaded
// after the first picture, with which it does not compete.

export {};

const news = document.getElementById('news');
const script = new URL('sw.js', document.baseURI).href;

// A frame belongs to its page, and a page without a manifest is not to be kept.
const isApp = window === top && 'serviceWorker' in navigator && document.querySelector('link[rel="manifest"]') !== null;

async function keep() {
  const workers = navigator.serviceWorker;
  // A worker of the site around may stand in until there is one of ours.
  const isKept = () => workers.controller?.scriptURL === script;
  if (isKept()) {
    // Used here or in another tab: this page's own files are gone. Its state is its address.
    workers.addEventListener('controllerchange', () => location.reload());
  } else if (!document.getElementById('trouble').hidden) {
    // A page that cannot start is not worth keeping. One that was kept needs a newer version most.
    return;
  }
  if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done, { once: true }));

  const registration = await workers.register(script, { updateViaCache: 'none' });
  const tell = () => (news.hidden = !(registration.waiting && isKept()));
  const follow = () => registration.installing?.addEventListener('statechange', tell);
  registration.addEventListener('updatefound', follow);
  follow();
  tell();
  document.getElementById('news-use').addEventListener('click', () => registration.waiting?.postMessage('use'));
  document.getElementById('news-later').addEventListener('click', () => (news.hidden = true));
}

// Where storage is blocked, or there is no sw.js, the page comes from the network as ever.
if (isApp) keep().catch(() => {});
