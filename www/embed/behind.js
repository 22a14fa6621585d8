// Whether a page is light or dark behind an element.

/**
 * A computed colour as its luminance (0 to 255) and opacity (0 to 1).
 *
 * @param {string} colour
 */
function measure(colour) {
  let [r, g, b, alpha = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  if (!colour.startsWith('rgb')) {
    // The numbers of oklch(), color() and the like mean something else: painted, they are bytes.
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const paint = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    [r, g, b, alpha] = paint.getImageData(0, 0, 1, 1).data;
    alpha /= 255;
  }
  return { luminance: 0.2126 * r + 0.7152 * g + 0.0722 * b, alpha };
}

/**
 * Whether what lies behind an element is dark.
 *
 * @param {Element} element
 */
export function isDarkBehind(element) {
  for (let node = element; node; node = node.assignedSlot ?? node.parentElement ?? /** @type {ShadowRoot} */ (node.getRootNode()).host) {
    const { luminance, alpha } = measure(getComputedStyle(node).backgroundColor);
    if (alpha > 0.5) return luminance < 128;
  }
  // A page without a background: white, unless its color-scheme allows the reader's dark.
  const probe = document.createElement('i');
  probe.style.cssText = 'display: none !important; color: Canvas !important; transition: none !important';
  document.documentElement.append(probe);
  const { luminance } = measure(getComputedStyle(probe).color);
  probe.remove();
  return luminance < 128;
}
