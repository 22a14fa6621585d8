// For pages with frames of Rampscope: gives each frame the height that its content wants, and the
// page's light or dark. Classic or module, anywhere on the page, once.

(() => {
  const frameOf = (source) => [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source);
  const known = new Set();
  const scheme = (frame) => {
    for (let node = frame; node; node = node.parentElement) {
      const [r, g, b, alpha = 1] = (getComputedStyle(node).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
      if (alpha > 0.5) return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? 'dark' : 'light';
    }
    return '';
  };
  const dress = (frame) => frame.contentWindow?.postMessage({ rampscope: 1, type: 'scheme', scheme: scheme(frame) }, '*');
  addEventListener('message', ({ source, data }) => {
    if (data?.rampscope !== 1) return;
    const frame = frameOf(source);
    if (!frame) return;
    if (data.type === 'height' && data.height > 0) frame.style.height = `${Math.min(data.height, 20000)}px`;
    if (!known.has(frame)) {
      known.add(frame);
      dress(frame);
    }
    if (data.type === 'ready') dress(frame);
  });
  const again = () => requestAnimationFrame(() => known.forEach((frame) => (frame.isConnected ? dress(frame) : known.delete(frame))));
  for (const root of [document.documentElement, document.body].filter(Boolean)) {
    new MutationObserver(again).observe(root, { attributes: true });
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  // Frames that were ready before this script speak again.
  for (const frame of document.querySelectorAll('iframe')) frame.contentWindow?.postMessage({ rampscope: 1, type: 'hello' }, '*');
})();
