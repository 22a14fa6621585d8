// For pages with frames of Rampscope: gives each frame the height that its content wants, and the
// page's light or dark. Classic or module, anywhere on the page, once.

(() => {
  const frameOf = (source) => [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source);
  const known = new Set();
  // The same two as in figure.js; this file stands alone.
  const measure = (colour) => {
    let [r, g, b, alpha = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
    if (!colour.startsWith('rgb')) {
      const paint = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
      [r, g, b, alpha] = paint.getImageData(0, 0, 1, 1).data;
      alpha /= 255;
    }
    return { luminance: 0.2126 * r + 0.7152 * g + 0.0722 * b, alpha };
  };
  const scheme = (frame) => {
    for (let node = frame; node; node = node.parentElement) {
      const { luminance, alpha } = measure(getComputedStyle(node).backgroundColor);
      if (alpha > 0.5) return luminance < 128 ? 'dark' : 'light';
    }
    const probe = document.createElement('i');
    probe.style.cssText = 'display: none !important; color: Canvas !important; transition: none !important';
    document.documentElement.append(probe);
    const { luminance } = measure(getComputedStyle(probe).color);
    probe.remove();
    return luminance < 128 ? 'dark' : 'light';
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
  document.addEventListener('transitionend', ({ propertyName }) => propertyName === 'background-color' && again());
  // Frames that were ready before this script speak again.
  for (const frame of document.querySelectorAll('iframe')) frame.contentWindow?.postMessage({ rampscope: 1, type: 'hello' }, '*');
})();
